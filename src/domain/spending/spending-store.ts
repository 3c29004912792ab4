import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** The days of one user are added to those of another. */
export async function joinDays(tx: Executor, fromUserId: string, toUserId: string): Promise<void> {
  await sql`
    INSERT INTO user_days AS d (user_id, day, replies, tokens)
      SELECT ${toUserId}, day, replies, tokens FROM user_days WHERE user_id = ${fromUserId}
    ON CONFLICT (user_id, day) DO UPDATE SET replies = d.replies + excluded.replies, tokens = d.tokens + excluded.tokens
  `.execute(tx)
  await sql`DELETE FROM user_days WHERE user_id = ${fromUserId}`.execute(tx)
}

/** What this person has had today (UTC). */
export async function readUserDay(db: Executor, userId: string): Promise<{ replies: number; tokens: number }> {
  const { rows } = await sql<{ replies: number; tokens: number }>`
    SELECT replies, tokens::float8 AS tokens FROM user_days
    WHERE user_id = ${userId} AND day = (now() AT TIME ZONE 'UTC')::date
  `.execute(db)
  return rows[0] ?? { replies: 0, tokens: 0 }
}

/** So much more today (UTC). */
export async function addToUserDay(
  tx: Executor,
  userId: string,
  { replies, tokens }: { replies: number; tokens: number },
): Promise<void> {
  await sql`
    INSERT INTO user_days AS d (user_id, day, replies, tokens)
      VALUES (${userId}, (now() AT TIME ZONE 'UTC')::date, ${replies}, ${tokens})
    ON CONFLICT (user_id, day) DO UPDATE SET replies = d.replies + excluded.replies, tokens = d.tokens + excluded.tokens
  `.execute(tx)
}
