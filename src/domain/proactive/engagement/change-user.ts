import type { User } from '#contract/api'
import { takeBackMessage } from '#domain/delivery'
import { lockUser, type UserChanges, updateUser } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import { latestUnasked } from '../initiative-store.ts'
import { endEngagement, wantEngagement } from './engagement-store.ts'

/**
 * Changes what the user may change (see `updateUser`), and with a yes or no to being written to first what comes of it:
 * after a no nothing that was not asked for goes out any more, unless it is being sent at this moment. Takes the user's
 * row lock; null when there is no such living user.
 */
export async function changeUser(tx: Executor, userId: string, changes: UserChanges): Promise<User | null> {
  const user = await lockUser(tx, userId)
  if (!user) return null
  const changed = await updateUser(tx, user.id, changes)
  if (changes.proactiveEnabled === true) await wantEngagement(tx, user.id)
  if (changes.proactiveEnabled === false) {
    await endEngagement(tx, user.id)
    for (const messageId of await latestUnasked(tx, user.id)) await takeBackMessage(tx, { userId: user.id, messageId })
  }
  return changed
}
