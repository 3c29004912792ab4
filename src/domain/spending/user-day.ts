import type { Executor } from '#platform/postgres'
import { addToUserDay, readUserDay } from './spending-store.ts'

/** Answers a day (UTC): one every thirty seconds for more than sixteen hours. */
export const USER_DAILY_REPLIES_MAX = 2_000
/** What these take with prompts of usual length; with the longest it is a thousand answers. */
export const USER_DAILY_TOKENS_MAX = 8_000_000

/** Whether this person has had all that one person may have in a day (UTC). */
export async function isUserDayOver(db: Executor, userId: string): Promise<boolean> {
  const { replies, tokens } = await readUserDay(db, userId)
  return replies >= USER_DAILY_REPLIES_MAX || tokens >= USER_DAILY_TOKENS_MAX
}

/**
 * Counts a reply for which a model was asked, whatever became of it: one that was stopped or failed has cost as much. The
 * caller holds the user's row lock. `tokens`: input and output; 0 when nobody was asked, and nothing is counted.
 */
export async function countReply(tx: Executor, userId: string, tokens: number): Promise<void> {
  if (tokens > 0) await addToUserDay(tx, userId, { replies: 1, tokens })
}

/** The same for what is no reply: a reading of the person's talk, which their own deeds make due. */
export async function countReading(tx: Executor, userId: string, tokens: number): Promise<void> {
  if (tokens > 0) await addToUserDay(tx, userId, { replies: 0, tokens })
}
