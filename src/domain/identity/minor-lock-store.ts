import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** Closes the companions to somebody who said to be under 18; the first time stands. The caller holds the row's lock. */
export async function lockMinor(tx: Executor, userId: string): Promise<void> {
  await sql`
    UPDATE users SET minor_locked_at = coalesce(minor_locked_at, clock_timestamp()), adult_confirmed_at = NULL
    WHERE id = ${userId}
  `.execute(tx)
}

/**
 * Opens them again, for a reason that an operator wrote; the person has to confirm 18+ anew. False when they were not
 * closed. The caller holds the row's lock.
 */
export async function unlockMinor(tx: Executor, userId: string, reason: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    UPDATE users SET minor_locked_at = NULL, minor_unlock_reason = ${reason}
    WHERE id = ${userId} AND minor_locked_at IS NOT NULL RETURNING id
  `.execute(tx)
  return rows.length > 0
}
