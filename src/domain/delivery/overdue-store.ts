import { sql } from 'kysely'
import type { DeliveryStatus } from '#contract/words'
import type { Executor } from '#platform/postgres'
import type { Delivery } from './delivery.ts'
import { DELIVERY_QUEUE, type DeliveryJob, toDelivery } from './delivery-queue-store.ts'

export interface Overdue extends Delivery {
  state: DeliveryStatus
  /** Attempts that were made. */
  attemptsMade: number
}

/**
 * Open deliveries that were owed longer ago than their deadline and that nobody is sending, the oldest first. Two
 * queries, so that each reads an index of its own and no more of it than it gives.
 */
export async function readOverdue(
  db: Executor,
  { proactive, deadlineMs, limit }: { proactive: boolean; deadlineMs: number; limit: number },
): Promise<Overdue[]> {
  const columns = sql.join(['id', ...DELIVERY_QUEUE.columns].map((name) => sql.ref(`d.${name}`)))
  const purpose = proactive ? sql`d.purpose = 'proactive'` : sql`d.purpose <> 'proactive'`
  const { rows } = await sql<DeliveryJob & { lease_token: number; lease_attempts: number; made: number }>`
    SELECT ${columns}, d.lease_token, d.lease_attempts,
           (SELECT count(*)::integer FROM delivery_attempts a WHERE a.delivery_id = d.id) AS made
    FROM deliveries d
    WHERE d.due_at IS NOT NULL AND ${purpose} AND d.owed_at < now() - ${deadlineMs} * interval '1 millisecond'
      AND (d.state = 'pending' OR d.due_at <= now())
    ORDER BY d.owed_at LIMIT ${limit}
  `.execute(db)
  return rows.map((row) => ({ ...toDelivery({ ...row, leased_until: '' }), attemptsMade: row.made }))
}
