import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** Waits for whoever plans ahead for these users, and keeps them from it until the transaction ends. */
export async function lockEngagements(tx: Executor, userIds: readonly string[]): Promise<void> {
  await sql`
    SELECT FROM engagements WHERE user_id = ANY(${[...userIds]}::uuid[]) ORDER BY user_id FOR UPDATE
  `.execute(tx)
}

/** Ends the plan for a user who is absorbed; whether there was one that counted. */
export async function takeEngagement(tx: Executor, userId: string): Promise<boolean> {
  const { rows } = await sql<{ wanted: boolean }>`
    DELETE FROM engagements WHERE user_id = ${userId} RETURNING due_at IS NOT NULL AS wanted
  `.execute(tx)
  return rows[0]?.wanted ?? false
}

/** Who is to be written to as if they had said yes now; who has a plan keeps it. */
export async function giveEngagement(tx: Executor, userId: string): Promise<void> {
  await sql`
    INSERT INTO engagements (user_id, silent_since, due_at) VALUES (${userId}, now(), now()) ON CONFLICT DO NOTHING
  `.execute(tx)
}

/** A text that is being written comes to nothing, and is looked at anew: what it was made of may be another's by now. */
export async function endWriting(tx: Executor, userId: string): Promise<void> {
  await sql`
    UPDATE engagements SET phase = 'waiting', due_at = now(), lease_token = lease_token + 1, lease_attempts = 0
    WHERE user_id = ${userId} AND phase = 'writing' AND due_at IS NOT NULL
  `.execute(tx)
}

/** What the survivor has heard or missed already under the same name stays where it is. */
export async function moveInitiatives(tx: Executor, absorbedId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE initiatives i SET user_id = ${survivorId}, merged_from = ${absorbedId}
    WHERE user_id = ${absorbedId} AND NOT EXISTS (
      SELECT FROM initiatives s WHERE s.user_id = ${survivorId} AND s.kind = i.kind AND s.cause = i.cause)
  `.execute(tx)
}

export async function returnInitiatives(tx: Executor, absorbedId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE initiatives i SET user_id = ${absorbedId}, merged_from = NULL
    WHERE user_id = ${survivorId} AND merged_from = ${absorbedId}
  `.execute(tx)
}
