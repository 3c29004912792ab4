import type { Kysely } from 'kysely'
import { type MessageOfUser, messageFates, takeBackMessage } from '#domain/delivery'
import { lockUser } from '#domain/identity'
import { type Database, inTransaction } from '#platform/postgres'
import { countEnded, type Ended, noteTakenBack, readAwaited } from './awaited-store.ts'

/** So much of what is not counted is looked at together; a campaign stops before so many messages are under way. */
export const AWAITED_MAX = 1_000

/** What of a campaign is on its way. */
export interface UnderWay {
  /** Of so many nothing was ever tried. */
  untouched: number
  open: MessageOfUser[]
}

/** Counts what has ended and gives what is still under way. */
export async function followTold(db: Kysely<Database>, campaignId: string): Promise<UnderWay> {
  for (;;) {
    const awaited = await readAwaited(db, campaignId, AWAITED_MAX)
    const messages = awaited.flatMap(({ userId, messageId }) => (messageId ? { userId, messageId } : []))
    const fates = await messageFates(db, messages)
    const ended = awaited.flatMap((one): Ended[] => {
      const { open = false, came = false, takenBack = false } = fates.get(one.messageId ?? '') ?? {}
      return open ? [] : [{ ...one, came, takenBack }]
    })
    await countEnded(db, campaignId, ended)
    // A page full of what has ended has more behind it.
    if (awaited.length === AWAITED_MAX && ended.length > 0) continue
    const open = messages.filter(({ messageId }) => fates.get(messageId)?.open)
    return { untouched: open.filter(({ messageId }) => !fates.get(messageId)?.tried).length, open }
  }
}

/** Takes back those of which nothing can have come, each in a transaction of its own. Stops early when `signal` aborts. */
export async function takeBackTold(
  db: Kysely<Database>,
  campaignId: string,
  open: readonly MessageOfUser[],
  signal: AbortSignal,
): Promise<void> {
  for (const { userId, messageId } of open) {
    if (signal.aborted) return
    await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, userId)
      if (!user || !(await takeBackMessage(tx, { userId: user.id, messageId }))) return
      await noteTakenBack(tx, campaignId, user.id)
    })
  }
}
