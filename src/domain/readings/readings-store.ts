import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

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
