import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/**
 * Says of a turn that its price goes back; false when it has gone back already or there was none. The ledger's own key
 * is not enough: it belongs to the user of that moment, and a turn may get another one by a merge.
 */
export async function markRefunded(tx: Executor, turnId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    UPDATE turns SET refunded_at = clock_timestamp()
    WHERE id = ${turnId} AND refunded_at IS NULL AND price_amount > 0 RETURNING id
  `.execute(tx)
  return rows.length > 0
}

/** Which of these turns were paid back. */
export async function refundedTurns(db: Executor, turnIds: string[]): Promise<Set<string>> {
  if (turnIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM turns WHERE id = ANY(${turnIds}::uuid[]) AND refunded_at IS NOT NULL
  `.execute(db)
  return new Set(rows.map(({ id }) => id))
}
