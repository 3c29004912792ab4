import { recordAudit } from '#domain/audit'
import { captureHold, type LowBalance, releaseHold } from '#domain/credits'
import { insertDeliveries, insertNotice } from '#domain/delivery'
import { lockMinor } from '#domain/identity'
import { noteReply } from '#domain/memory'
import { countReply } from '#domain/spending'
import { reach } from '#platform/failpoints'
import { type Executor, inTransaction } from '#platform/postgres'
import type { Aside } from './aside/aside.ts'
import { announceCancelled, endWithoutReply, type SettleDeps } from './fail-turn.ts'
import { lockLeasedTurn } from './lock-leased-turn.ts'
import { presentMessage } from './present-message.ts'
import type { Turn } from './turn.ts'
import { endTurn, makeFree, otherOpenTurns, wakeTurnLane } from './turn-store.ts'

/** Who has not talked so long has hardly met the companion: an opening line, three questions and their answers. */
const ASKED_FROM_SEQ = 7
/** Asked once: who does not answer is not asked again. */
const ASKED_FOR_SECONDS = 10 * 365 * 86_400

export interface Finishing {
  /** What stood in for it in the chat while it grew. */
  replaces?: string | null
  /** Given when the product itself answers. */
  aside?: Aside | null
  /** What models were asked for. */
  tokens?: number
}

/**
 * Records a written reply: the message, the capture and the deliveries in one transaction, under the fencing token
 * of the lease. An answer of the product's own is free, and may close the companions to the person. False when the lease
 * is lost and nothing is written: whoever has it now writes its own.
 */
export async function finishReply(
  deps: SettleDeps,
  leased: Turn,
  written: string,
  { replaces = null, aside = null, tokens = 0 }: Finishing = {},
): Promise<boolean> {
  const text = written.trimEnd()
  const code = aside?.code ?? null
  const { db, history, announce, channels } = deps
  const finished = await inTransaction(db, async (tx) => {
    const locked = await lockLeasedTurn(tx, leased)
    if (!locked) return null
    const { user, turn } = locked
    const line = await history.append(tx, user, {
      conversationId: turn.conversationId,
      turnId: turn.id,
      role: 'assistant',
      channel: turn.channel,
      interface: turn.interface,
      contentType: 'text',
      text,
    })
    const low = aside ? await answerFree(tx, turn) : await captureHold(tx, turn)
    const ended = aside?.locks ? await closeCompanions(tx, turn) : []
    if (turn.conversationId && !aside) await noteReply(tx, user.id, turn.conversationId)
    const channel = turn.address === null ? undefined : channels.get(turn.channel)
    await insertDeliveries(tx, {
      userId: user.id,
      messageId: line.id,
      turnId: turn.id,
      purpose: 'reply',
      channel: turn.channel,
      interface: turn.interface,
      address: turn.address,
      parts: channel?.split(text) ?? [{ start: 0, end: text.length }],
      replaces,
    })
    await countReply(tx, user.id, tokens)
    if (low) await tellLow(tx, turn, low)
    if (!aside && user.proactiveEnabled === null && line.seq >= ASKED_FROM_SEQ) await askFirst(tx, turn)
    const tookSeconds = await endTurn(tx, turn.id, 'done', code, line.id)
    await wakeTurnLane(tx, turn)
    await reach('reply.recording', turn.userId)
    return { line, turn, tookSeconds, ended }
  })
  if (!finished) return false
  await reach('reply.recorded', leased.userId)
  const { line, turn, tookSeconds, ended } = finished
  const status = turn.address === null ? 'sent' : 'pending'
  announce.message(line.userId, presentMessage(line, { id: turn.id, state: 'done', code }, status))
  announce.signal(line.userId, { kind: 'credits.changed' })
  announce.ended({ state: 'done', code, tookSeconds })
  if (aside?.locks) announce.event(line.userId, { name: 'settings', data: {} })
  for (const other of ended) announceCancelled(announce, other)
  announce.wakeTurns()
  if (turn.address !== null) announce.wakeDeliveries()
  return true
}

async function answerFree(tx: Executor, turn: Turn): Promise<null> {
  await releaseHold(tx, turn)
  await makeFree(tx, turn.id)
  return null
}

/** What this person had asked besides is not answered any more. */
async function closeCompanions(tx: Executor, turn: Turn): Promise<Turn[]> {
  await lockMinor(tx, turn.userId)
  await recordAudit(tx, { kind: 'minor_locked', userId: turn.userId, details: { turnId: turn.id } })
  const others = await otherOpenTurns(tx, turn.userId, turn.id)
  for (const other of others) await endWithoutReply(tx, other, 'cancelled')
  return others
}

/** After the reply, in the chat it goes to. Pages show it beside the balance instead. */
async function tellLow(tx: Executor, turn: Turn, low: LowBalance): Promise<void> {
  if (turn.address === null) return
  const notice = { key: 'low_balance', args: { ...low } }
  await insertNotice(tx, { userId: turn.userId, channel: turn.channel, address: turn.address, notice })
}

/** Whether the companion may write first: asked in the chat, after an answer there. Pages ask beside the talk. */
async function askFirst(tx: Executor, turn: Turn): Promise<void> {
  if (turn.address === null) return
  const notice = { key: 'ask_first' }
  const quietSeconds = ASKED_FOR_SECONDS
  await insertNotice(tx, { userId: turn.userId, channel: turn.channel, address: turn.address, notice, quietSeconds })
}
