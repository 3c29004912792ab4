import { randomUUID } from 'node:crypto'
import { activeConversation, listConversations } from '#domain/conversations'
import {
  cancelTurn,
  confirmAdult,
  type InboundMessage,
  reportReply,
  restoreConversation,
  retryTurn,
  TURN_QUEUE,
} from '#domain/replies'
import { failTurn } from '../../../src/domain/replies/fail-turn.ts'
import { finishReply } from '../../../src/domain/replies/finish-reply.ts'
import type { Turn } from '../../../src/domain/replies/turn.ts'
import { markRunning, readLeasedTurn } from '../../../src/domain/replies/turn-store.ts'
import type { Deed, Who } from './script.ts'
import { begin, type Pair, type Stage } from './stage.ts'

/** Longer than a case takes: nobody else gets what is held. */
const LEASE_MS = 600_000
const CONVERSATIONS_MAX = 100
const TAKEN_AT_ONCE = 20
const RETRIES_TRIED = 3

/** What has happened in a case, as those who did it know it. */
export interface Played {
  pair: Pair
  turnIds: Record<Who, string[]>
  /** Every message that was sent, to be sent again. */
  sent: Record<Who, InboundMessage[]>
  /** Turns that a worker has in hand. */
  held: Turn[]
  written: number
}

export function newPlayed(pair: Pair): Played {
  return {
    pair,
    turnIds: { telegram: [], web: [] },
    sent: { telegram: [], web: [] },
    held: [],
    written: 0,
  }
}

/** Does one deed of a script, by the code that does it in earnest. What the product refuses is refused here too. */
export async function act(stage: Stage, played: Played, deed: Deed): Promise<void> {
  switch (deed.kind) {
    case 'ask':
      return ask(stage, played, deed)
    case 'begin': {
      const byTelegram = deed.who === 'telegram'
      return begin(stage.rooms, { userId: userOf(played, deed.who), choice: deed.choice, byTelegram })
    }
    case 'adult':
      await confirmAdult(stage.rooms.settle, userOf(played, deed.who))
      return
    case 'lease':
      played.held.push(...(await lease(stage, deed)))
      return
    case 'settle':
      return settleHeld(stage, played, deed.well)
    case 'work':
      for (const turn of await lease(stage, { count: deed.count, begun: true })) {
        await settle(stage, played, turn, deed.well)
      }
      return
    case 'restore':
      return restore(stage, played, deed)
    default:
      return actOnTurn(stage, played, deed)
  }
}

/** Under which user this person acts now. */
function userOf({ pair }: Played, who: Who): string {
  return who === 'telegram' ? pair.userIds.telegram : pair.webUserId
}

async function ask(stage: Stage, played: Played, deed: Extract<Deed, { kind: 'ask' }>): Promise<void> {
  const { who } = deed
  played.written += 1
  const place = who === 'web' ? 'browser' : deed.place
  const inBot = place === 'bot'
  const inbound: InboundMessage = {
    source: inBot ? 'telegram:1' : 'page',
    key: randomUUID(),
    sender: inBot ? { identity: played.pair.telegram } : { userId: userOf(played, who) },
    channel: place === 'browser' ? 'web' : 'telegram',
    interface: place,
    contentType: inBot && deed.photo ? 'photo' : 'text',
    text: `вопрос ${played.written}`,
    address: inBot ? played.pair.telegram.externalId : null,
    sentAt: null,
  }
  const { turnId, message } = await stage.rooms.receive(inbound)
  if (!message) return
  played.sent[who].push(inbound)
  if (turnId) played.turnIds[who].push(turnId)
}

async function lease(stage: Stage, { count, begun }: { count: number; begun: boolean }): Promise<Turn[]> {
  const { db } = stage.rooms
  const turns: Turn[] = []
  for (const row of await stage.leases.take(TURN_QUEUE, { limit: count, leaseMs: LEASE_MS })) {
    const leased = { id: row.id, userId: row.user_id, leaseToken: row.lease_token }
    const turn = begun ? await markRunning(db, leased) : await readLeasedTurn(db, row.id, row.lease_token)
    if (turn) turns.push(turn)
  }
  return turns
}

async function settle(stage: Stage, played: Played, turn: Turn, well: boolean): Promise<void> {
  played.written += 1
  if (well) await finishReply(stage.rooms.settle, turn, `ответ ${played.written}`)
  else await failTurn(stage.rooms.settle, turn, 'model_unavailable')
}

/** Ends everything a worker has in hand. */
export async function settleHeld(stage: Stage, played: Played, well: boolean): Promise<void> {
  for (const turn of played.held.splice(0)) await settle(stage, played, turn, well)
}

/** Workers go on until nothing is due any more. */
export async function finishAll(stage: Stage, played: Played): Promise<void> {
  await settleHeld(stage, played, true)
  for (let taken = await lease(stage, { count: TAKEN_AT_ONCE, begun: true }); taken.length > 0; ) {
    for (const turn of taken) await settle(stage, played, turn, true)
    taken = await lease(stage, { count: TAKEN_AT_ONCE, begun: true })
  }
}

async function restore(
  { rooms }: Stage,
  played: Played,
  { who, which }: Extract<Deed, { which: number }>,
): Promise<void> {
  const userId = userOf(played, who)
  const active = await activeConversation(rooms.db, userId)
  const others = (await listConversations(rooms.db, userId, CONVERSATIONS_MAX)).filter(({ id }) => id !== active?.id)
  const chosen = others[which % Math.max(1, others.length)]
  if (chosen) await restoreConversation(rooms.settle, userId, chosen.id)
}

async function actOnTurn(
  { rooms }: Stage,
  played: Played,
  { kind, who, which }: Extract<Deed, { which: number }>,
): Promise<void> {
  const turnIds = played.turnIds[who]
  const turnId = turnIds[which % Math.max(1, turnIds.length)]
  if (!turnId) return
  const userId = userOf(played, who)
  if (kind === 'cancel') await cancelTurn(rooms.settle, userId, turnId)
  if (kind === 'report') await reportReply(rooms.db, userId, turnId)
  if (kind !== 'retry') return
  // Most are over and done with: the latest that can be tried again is looked for.
  for (const latest of turnIds.slice(-RETRIES_TRIED).reverse()) {
    if ((await retryTurn(rooms.settle, userId, latest)) === 'queued') return
  }
}
