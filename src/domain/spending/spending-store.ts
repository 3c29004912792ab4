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
