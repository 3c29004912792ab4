import { type LockedUser, lockUser } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import type { Turn } from './turn.ts'
import { type LeasedTurn, readLeasedTurn } from './turn-store.ts'

/** A merge or its undo gives a turn another user; more than this many in a row while we look do not happen. */
const OWNERS_FOLLOWED_MAX = 4

/**
 * Locks the user of a leased turn and then reads the turn: whoever the user was when the lease was taken, the present one
 * counts. Null when the lease is lost.
 */
export async function lockLeasedTurn(
  tx: Executor,
  leased: LeasedTurn,
): Promise<{ user: LockedUser; turn: Turn } | null> {
  let userId = leased.userId
  for (let followed = 0; followed < OWNERS_FOLLOWED_MAX; followed += 1) {
    const user = await lockUser(tx, userId)
    const turn = await readLeasedTurn(tx, leased.id, leased.leaseToken)
    if (!user || !turn) return null
    if (turn.userId === user.id) return { user, turn }
    userId = turn.userId
  }
  return null
}
