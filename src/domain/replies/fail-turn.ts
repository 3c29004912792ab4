import type { Kysely } from 'kysely'
import type { History } from '#domain/conversations'
import { releaseHold } from '#domain/credits'
import { insertNotice, type OutsideChannel } from '#domain/delivery'
import { countReply } from '#domain/spending'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Announce } from './announce.ts'
import { lockLeasedTurn } from './lock-leased-turn.ts'
import type { Turn } from './turn.ts'
import { endTurn, wakeTurnLane } from './turn-store.ts'

export interface SettleDeps {
  db: Kysely<Database>
  history: History
  channels: Map<string, OutsideChannel>
  announce: Announce
}

/**
 * Ends a leased turn without a reply: it costs nothing, says so, and the lane goes on. `cancelled` is the person's own
 * wish. `tokens`: what models were asked for all the same.
 */
export async function failTurn(deps: SettleDeps, leased: Turn, code: string, tokens = 0): Promise<void> {
  const failed = await inTransaction(deps.db, async (tx) => {
    const locked = await lockLeasedTurn(tx, leased)
    if (locked) {
      await endWithoutReply(tx, locked.turn, code)
      await countReply(tx, locked.user.id, tokens)
    }
    return locked?.turn ?? null
  })
  if (failed) announceFailure(deps.announce, failed, code)
}

/** The part inside a transaction that holds the user's row lock: release, end, apology, next in the lane. */
export async function endWithoutReply(tx: Executor, turn: Turn, code: string): Promise<void> {
  await releaseHold(tx, turn)
  await endTurn(tx, turn.id, code === 'cancelled' ? 'cancelled' : 'failed', code)
  if (turn.address !== null && code !== 'cancelled') {
    const notice = { key: 'reply_failed', args: { turnId: turn.id, code } }
    await insertNotice(tx, { userId: turn.userId, channel: turn.channel, address: turn.address, notice })
  }
  await wakeTurnLane(tx, turn)
}

/** After the commit, of a turn that was cancelled while somebody may be writing its reply. */
export function announceCancelled(announce: Announce, turn: Turn): void {
  announce.signal(turn.userId, { kind: 'turn.cancel', turnId: turn.id })
  announceFailure(announce, turn, 'cancelled')
}

/** The part after commit. */
export function announceFailure(announce: Announce, turn: Turn, code: string): void {
  announce.ended({ state: code === 'cancelled' ? 'cancelled' : 'failed', code })
  announce.event(turn.userId, { name: 'reply.failed', data: { turnId: turn.id, code } })
  announce.signal(turn.userId, { kind: 'credits.changed' })
  announce.wakeTurns()
  if (turn.address !== null) announce.wakeDeliveries()
}
