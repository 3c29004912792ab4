import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** What a campaign has not counted yet; without a message somebody was left out. */
export interface Awaited {
  userId: string
  messageId: string | null
}

/** What has ended: a message that came, was taken back as the person said no, or neither. */
export interface Ended extends Awaited {
  came: boolean
  takenBack: boolean
}

/**
 * From now on the campaign looks what becomes of this user, and then counts it: so whatever is written down for one is
 * counted once, whoever dies when. The caller holds the user's row lock.
 */
export async function awaitUser(tx: Executor, campaignId: string, userId: string): Promise<void> {
  await sql`
    UPDATE initiatives SET awaited = true WHERE user_id = ${userId} AND kind = 'campaign' AND cause = ${campaignId}
  `.execute(tx)
}

/** What it has not counted yet: few, however many it is for. */
export async function readAwaited(db: Executor, campaignId: string, limit: number): Promise<Awaited[]> {
  const { rows } = await sql<{ user_id: string; message_id: string | null }>`
    SELECT user_id, message_id FROM initiatives
    WHERE awaited AND kind = 'campaign' AND cause = ${campaignId} ORDER BY user_id LIMIT ${limit}
  `.execute(db)
  return rows.map((row) => ({ userId: row.user_id, messageId: row.message_id }))
}

/**
 * Counts each of these once, whoever else counts them at the same time. One that has another user by now is left for
 * the next time.
 */
export async function countEnded(db: Executor, campaignId: string, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return
  await sql`
    WITH counted AS (
      UPDATE initiatives i SET awaited = false, skipped = CASE WHEN e.taken_back THEN 'off' ELSE i.skipped END
      FROM unnest(
        ${ended.map(({ userId }) => userId)}::uuid[], ${ended.map(({ came }) => came)}::boolean[],
        ${ended.map(({ takenBack }) => takenBack)}::boolean[]
      ) AS e(user_id, came, taken_back)
      WHERE i.user_id = e.user_id AND i.kind = 'campaign' AND i.cause = ${campaignId} AND i.awaited
      RETURNING e.came, coalesce(i.skipped, 'none') AS why
    ), sums AS (
      SELECT count(*) FILTER (WHERE came) AS sent, count(*) FILTER (WHERE why NOT IN ('none', 'broken')) AS skipped,
        count(*) FILTER (WHERE NOT came AND why IN ('none', 'broken')) AS failed
      FROM counted
    )
    UPDATE campaigns c SET sent = c.sent + s.sent, skipped = c.skipped + s.skipped, failed = c.failed + s.failed
    FROM sums s WHERE c.id = ${campaignId}
  `.execute(db)
}

/** Writes down that this user's message was taken back; it counts as skipped. The caller holds the user's row lock. */
export async function noteTakenBack(tx: Executor, campaignId: string, userId: string): Promise<void> {
  await sql`
    WITH taken AS (
      UPDATE initiatives SET awaited = false, skipped = 'cancelled'
      WHERE user_id = ${userId} AND kind = 'campaign' AND cause = ${campaignId} AND awaited RETURNING user_id
    )
    UPDATE campaigns SET skipped = skipped + (SELECT count(*) FROM taken) WHERE id = ${campaignId}
  `.execute(tx)
}
