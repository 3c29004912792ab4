import { sql } from 'kysely'
import { type Executor, sweep } from '#platform/postgres'

/** An inbound event is known for this long; a messenger repeats within a day (Bot API: updates expire after 24 h). */
const RECEIPT_DAYS = 30

/** Whether this event is new; from now on it is known. The caller holds the user's row lock. */
export async function receiveOnce(
  tx: Executor,
  receipt: { userId: string; source: string; key: string },
): Promise<boolean> {
  const { rows } = await sql<{ key: string }>`
    INSERT INTO receipts (user_id, source, key, outcome) VALUES (${receipt.userId}, ${receipt.source}, ${receipt.key}, 'command')
    ON CONFLICT DO NOTHING RETURNING key
  `.execute(tx)
  return rows.length > 0
}

/** Forgets receipts that nobody can repeat any more. */
export async function forgetOldReceipts(db: Executor): Promise<void> {
  await sweep(
    db,
    (limit) => sql`
      DELETE FROM receipts WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM receipts WHERE received_at < now() - make_interval(days => ${RECEIPT_DAYS}) LIMIT ${limit}))`,
  )
}
