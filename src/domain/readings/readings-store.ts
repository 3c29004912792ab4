import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** A look into a talk, or into the one exchange that was reported. */
export interface Reading {
  id: string
  userId: string
  operatorId: string
  turnId: string | null
  expiresAt: Date
  /** Its time is over. */
  over: boolean
}

/** Opens a reading; says until when. */
export async function insertReading(
  tx: Executor,
  reading: { id: string; userId: string; operatorId: string; reason: string; turnId: string | null; minutes: number },
): Promise<Date> {
  const { rows } = await sql<{ expires_at: Date }>`
    INSERT INTO readings (id, user_id, operator_id, reason, turn_id, expires_at)
    VALUES (${reading.id}, ${reading.userId}, ${reading.operatorId}, ${reading.reason}, ${reading.turnId},
      clock_timestamp() + make_interval(mins => ${reading.minutes}))
    RETURNING expires_at`.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('a reading that was opened did not come back')
  return row.expires_at
}

export async function findReading(db: Executor, id: string): Promise<Reading | null> {
  const { rows } = await sql<Reading>`
    SELECT id, user_id AS "userId", operator_id AS "operatorId", turn_id AS "turnId", expires_at AS "expiresAt",
      expires_at <= clock_timestamp() AS over
    FROM readings WHERE id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** Hands readings over, and marks where they came from. */
export async function moveReadings(tx: Executor, fromUserId: string, toUserId: string): Promise<void> {
  await sql`
    UPDATE readings SET user_id = ${toUserId}, merged_from = ${fromUserId} WHERE user_id = ${fromUserId}
  `.execute(tx)
}

/** Gives back those that came along in the merge. */
export async function returnReadings(tx: Executor, absorbedId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE readings SET user_id = ${absorbedId}, merged_from = NULL
    WHERE user_id = ${survivorId} AND merged_from = ${absorbedId}
  `.execute(tx)
}

/** What is open of this talk ends at once. */
export async function endReadings(tx: Executor, userId: string): Promise<void> {
  await sql`
    UPDATE readings SET expires_at = clock_timestamp() WHERE user_id = ${userId} AND expires_at > clock_timestamp()
  `.execute(tx)
}
