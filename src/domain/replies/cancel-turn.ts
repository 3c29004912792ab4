import type { Channel } from '#contract/words'
import { lockUser } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import { announceFailure, endWithoutReply, type SettleDeps } from './fail-turn.ts'
import { findTurn, openTurnsAt, requestCancel } from './turn-store.ts'

/**
 * Stops a turn of the user's own from any surface: a waiting one at once, a running one through its worker, which
 * keeps what was already shown. False when there is no such turn; one that is over stays as it is.
 */
export async function cancelTurn(deps: SettleDeps, userId: string, turnId: string): Promise<boolean> {
  const turn = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, userId)
    const found = user && (await findTurn(tx, user.id, turnId))
    if (found?.state === 'queued' && found.leaseAttempts === 0) await endWithoutReply(tx, found, 'cancelled')
    else if (found?.state === 'queued' || found?.state === 'running') await requestCancel(tx, found.id)
    return found
  })
  if (!turn) return false
  if (turn.state === 'queued' && turn.leaseAttempts === 0) announceFailure(deps.announce, turn, 'cancelled')
  else deps.announce.signal(turn.userId, { kind: 'turn.cancel', turnId })
  return true
}

/** The same for the open turn of a chat that fits: somebody asked there to stop what grows. False when there is none. */
export async function cancelTurnAt(
  deps: SettleDeps,
  chat: { userId: string; channel: Channel; address: string },
  fits: (turnId: string) => boolean,
): Promise<boolean> {
  const open = await openTurnsAt(deps.db, chat)
  const turn = open.find(({ id }) => fits(id))
  return turn ? cancelTurn(deps, turn.userId, turn.id) : false
}
