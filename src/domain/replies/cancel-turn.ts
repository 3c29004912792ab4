import { lockUser } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import { announceFailure, endWithoutReply, type SettleDeps } from './fail-turn.ts'
import { findTurn, requestCancel } from './turn-store.ts'

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
