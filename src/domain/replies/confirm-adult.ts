import { activeConversation } from '#domain/conversations'
import { lockUser, updateUser } from '#domain/identity'
import { type Executor, inTransaction } from '#platform/postgres'
import { answerKept } from './answer-kept.ts'
import type { SettleDeps } from './fail-turn.ts'

/**
 * Confirms 18+ once and for every surface. A message kept until then is answered if a companion is chosen already.
 * `alongside` settles in the same transaction what else must happen once. False for somebody who said to be under 18:
 * only an operator changes that.
 */
export async function confirmAdult(
  deps: SettleDeps,
  userId: string,
  alongside: (tx: Executor) => Promise<void> = async () => {},
): Promise<boolean> {
  const confirmed = await inTransaction(deps.db, async (tx) => {
    if (!(await lockUser(tx, userId))) return false
    await updateUser(tx, userId, { adult: true })
    const user = await lockUser(tx, userId)
    const conversation = user && (await activeConversation(tx, user.id))
    if (user && conversation) await answerKept(tx, user, conversation)
    const isAdult = user !== null && user.minorLockedAt === null
    if (isAdult) await alongside(tx)
    return isAdult
  })
  deps.announce.signal(userId, { kind: 'credits.changed' })
  deps.announce.wakeTurns()
  deps.announce.wakeDeliveries()
  return confirmed
}
