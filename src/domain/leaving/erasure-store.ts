import { sql } from 'kysely'
import type { LeasedRow, Queue } from '#platform/leases'
import type { Executor } from '#platform/postgres'

export interface ErasureJob {
  user_id: string
}

/** What `platform/leases` needs to know: a wish that is due is the job. */
export const ERASURE_QUEUE: Queue<ErasureJob> = { table: 'erasures', key: ['user_id'], columns: [] }

/** Topic that wakes the workers who forget people; all of them look now and then anyway. */
export const ERASURE_TOPIC = 'wake:erasures'

/** Writes the wish down, or leaves the one that stands; gives when it is due. The caller holds the user's row lock. */
export async function insertErasure(
  tx: Executor,
  userId: string,
  afterSeconds: number,
): Promise<{ dueAt: Date; isNew: boolean }> {
  const { rows } = await sql<{ due_at: Date }>`
    INSERT INTO erasures (user_id, due_at) VALUES (${userId}, now() + make_interval(secs => ${afterSeconds}))
    ON CONFLICT (user_id) DO NOTHING RETURNING due_at
  `.execute(tx)
  const dueAt = rows[0]?.due_at ?? (await readDue(tx, userId, afterSeconds))
  if (!dueAt) throw new Error('somebody who was forgotten asks to be')
  return { dueAt, isNew: rows.length > 0 }
}

/** When this user will be forgotten, `afterSeconds` from the wish, whoever works on it; null: nobody asked for it. */
export async function readDue(db: Executor, userId: string, afterSeconds: number): Promise<Date | null> {
  const { rows } = await sql<{ due_at: Date }>`
    SELECT least(due_at, asked_at + make_interval(secs => ${afterSeconds})) AS due_at FROM erasures
    WHERE user_id = ${userId} AND due_at IS NOT NULL
  `.execute(db)
  return rows[0]?.due_at ?? null
}

/** False when there is no wish to take back, or it is too late. The caller holds the user's row lock. */
export async function deleteErasure(tx: Executor, userId: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM erasures WHERE user_id = ${userId} AND due_at IS NOT NULL
  `.execute(tx)
  return numAffectedRows > 0n
}

/** Whether the wish still stands and is this worker's; nobody takes it back until the transaction ends. */
export async function holdErasure(tx: Executor, row: LeasedRow<ErasureJob>): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM erasures WHERE user_id = ${row.user_id} AND lease_token = ${row.lease_token} AND due_at IS NOT NULL
    FOR UPDATE
  `.execute(tx)
  return rows.length > 0
}

/** To be taken again after so long. Nothing when the lease is lost. */
export async function putOff(db: Executor, row: LeasedRow<ErasureJob>, afterMs: number): Promise<void> {
  await sql`
    UPDATE erasures SET due_at = now() + ${afterMs}::double precision * interval '1 millisecond'
    WHERE user_id = ${row.user_id} AND lease_token = ${row.lease_token} AND due_at IS NOT NULL
  `.execute(db)
}

/** Nothing of this user is left. False when the lease is lost. */
export async function finishErasure(tx: Executor, row: LeasedRow<ErasureJob>): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    UPDATE erasures SET due_at = NULL, erased_at = clock_timestamp()
    WHERE user_id = ${row.user_id} AND lease_token = ${row.lease_token} AND due_at IS NOT NULL
  `.execute(tx)
  return numAffectedRows > 0n
}

/**
 * Up to when what was erased can be cleared off the disk now: whoever reads in a transaction that began before keeps it
 * there. Null: nothing is to be cleared, or not yet.
 */
export async function unscrubbedUntil(db: Executor): Promise<Date | null> {
  const { rows } = await sql<{ until: Date | null }>`
    SELECT max(erased_at) AS until FROM erasures
    WHERE erased_at IS NOT NULL AND scrubbed_at IS NULL AND erased_at < coalesce((
      SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()), now())
  `.execute(db)
  return rows[0]?.until ?? null
}

export async function markScrubbed(db: Executor, until: Date): Promise<void> {
  await sql`
    UPDATE erasures SET scrubbed_at = clock_timestamp()
    WHERE scrubbed_at IS NULL AND date_trunc('milliseconds', erased_at) <= ${until}
  `.execute(db)
}
