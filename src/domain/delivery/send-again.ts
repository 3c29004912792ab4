import { lockUser, messengerOf } from '#domain/identity'
import { ChangedMeanwhileError, type Executor } from '#platform/postgres'
import { type DeliveryFate, findFate, oweAgain } from './operator-store.ts'

/** `not_lost`: it is under way or has come; `unreachable`: the chat is closed to us, or no longer this person's. */
export type SentAgain = 'owed' | 'absent' | 'not_lost' | 'unreachable'

/**
 * Owes a failed or unknown delivery once more, because somebody decided so: what may have arrived before does not
 * count any more, and what was paid back stays so. After the commit workers want to be woken.
 */
export async function sendAgain(tx: Executor, id: string): Promise<SentAgain> {
  const known = await findFate(tx, id)
  if (!known) return 'absent'
  const user = await lockUser(tx, known.userId)
  if (!user) return 'unreachable'
  const delivery = await findFate(tx, id)
  if (!delivery) return 'absent'
  if (!delivery.lost) return 'not_lost'
  if (delivery.userId !== user.id) throw new ChangedMeanwhileError('a user was merged or parted meanwhile')
  if (!(await isTheirs(tx, delivery))) return 'unreachable'
  await oweAgain(tx, id)
  return 'owed'
}

/** A login that was removed may be a stranger's by now, and a private text must not follow it. */
async function isTheirs(tx: Executor, { userId, channel, address }: DeliveryFate): Promise<boolean> {
  const messenger = await messengerOf(tx, userId, channel)
  return messenger?.reachability === 'reachable' && messenger.externalId === address
}
