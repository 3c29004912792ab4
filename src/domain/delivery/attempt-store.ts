import { sql } from 'kysely'
import type { DeliveryStatus } from '#contract/words'
import type { Executor } from '#platform/postgres'
import type { Delivery } from './delivery.ts'

/**
 * Writes down that this delivery is about to be sent, and says how many earlier attempts may have arrived: those
 * that ended unknown, and those that nobody settled. Null when the lease is lost. The attempt bears the fencing
 * token as its number, so two holders can never write the same one.
 */
export async function beginAttempt(tx: Executor, delivery: Delivery): Promise<{ ambiguous: number } | null> {
  const { rows: taken } = await sql<{ id: string }>`
    UPDATE deliveries SET state = 'sending' WHERE id = ${delivery.id} AND lease_token = ${delivery.leaseToken}
      AND due_at IS NOT NULL RETURNING id
  `.execute(tx)
  if (!taken[0]) return null
  const { rows } = await sql<{ ambiguous: number }>`
    WITH earlier AS (
      SELECT count(*)::integer AS ambiguous FROM delivery_attempts
      WHERE delivery_id = ${delivery.id} AND (outcome IS NULL OR outcome = 'unknown')
    ), written AS (
      INSERT INTO delivery_attempts (delivery_id, attempt) VALUES (${delivery.id}, ${delivery.leaseToken})
    )
    SELECT ambiguous FROM earlier
  `.execute(tx)
  return { ambiguous: rows[0]?.ambiguous ?? 0 }
}

/** What a delivery comes to after an attempt. `dueInMs` is set while it stays open. */
export interface Settlement {
  state: DeliveryStatus
  outcome: string
  error: string | null
  externalId: string | null
  /** Whether this attempt counts against the limit. */
  spent: boolean
  dueInMs: number | null
}

/** Settles the attempt and the delivery under its fencing token; false when the lease is lost. The user's row is locked. */
export async function settleAttempt(tx: Executor, delivery: Delivery, settlement: Settlement): Promise<boolean> {
  await sql`
    UPDATE delivery_attempts SET finished_at = clock_timestamp(), outcome = ${settlement.outcome}, error = ${settlement.error}
    WHERE delivery_id = ${delivery.id} AND attempt = ${delivery.leaseToken} AND outcome IS NULL
  `.execute(tx)
  const { rows } = await sql<{ id: string }>`
    UPDATE deliveries SET
      state = ${settlement.state},
      attempts = attempts + ${settlement.spent ? 1 : 0},
      last_error = ${settlement.error},
      external_id = coalesce(${settlement.externalId}, external_id),
      due_at = CASE WHEN ${settlement.dueInMs}::bigint IS NULL THEN NULL
                    ELSE clock_timestamp() + ${settlement.dueInMs}::bigint * interval '1 millisecond' END,
      finished_at = CASE WHEN ${settlement.dueInMs}::bigint IS NULL THEN clock_timestamp() END
    WHERE id = ${delivery.id} AND lease_token = ${delivery.leaseToken} AND due_at IS NOT NULL
    RETURNING id
  `.execute(tx)
  return rows.length > 0
}

/** The chat's next open delivery becomes due. The user's row is locked, so nobody adds one meanwhile. */
export async function wakeLane(tx: Executor, delivery: Delivery): Promise<void> {
  await sql`
    UPDATE deliveries SET due_at = now() WHERE due_at = 'infinity' AND id = (
      SELECT id FROM deliveries WHERE channel = ${delivery.channel} AND address = ${delivery.address}
        AND due_at IS NOT NULL ORDER BY position LIMIT 1
    )
  `.execute(tx)
}
