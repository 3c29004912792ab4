import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** Takes the comparison for this process; null while another one has it. Gives how many transactions were compared. */
export async function claimReconciliation(db: Executor, seconds: number): Promise<number | null> {
  const { rows } = await sql<{ compared: number }>`
    INSERT INTO star_reconciliation AS r (claimed_until)
    VALUES (clock_timestamp() + make_interval(secs => ${seconds}::integer))
    ON CONFLICT (one) DO UPDATE SET claimed_until = excluded.claimed_until
    WHERE r.claimed_until IS NULL OR r.claimed_until <= clock_timestamp()
    RETURNING compared
  `.execute(db)
  return rows[0]?.compared ?? null
}

/** Says how far it has come and keeps the claim for as long again. */
export async function keepCompared(db: Executor, compared: number, seconds: number): Promise<void> {
  await sql`
    UPDATE star_reconciliation SET compared = ${compared},
      claimed_until = clock_timestamp() + make_interval(secs => ${seconds}::integer)
  `.execute(db)
}

/** Gives the claim back; `whole`: it came to the end of the list. */
export async function endReconciliation(db: Executor, whole: boolean): Promise<void> {
  await sql`
    UPDATE star_reconciliation SET claimed_until = NULL,
      compared_at = CASE WHEN ${whole} THEN clock_timestamp() ELSE compared_at END
  `.execute(db)
}

/** When the whole list was compared last; null: never. */
export async function reconciledAt(db: Executor): Promise<Date | null> {
  const { rows } = await sql<{ compared_at: Date | null }>`SELECT compared_at FROM star_reconciliation`.execute(db)
  return rows[0]?.compared_at ?? null
}

/** Which of these charges are known here, and whether as refunded. */
export async function knownCharges(
  db: Executor,
  chargeIds: readonly string[],
): Promise<Map<string, { stars: number; refunded: boolean }>> {
  const { rows } = await sql<{ id: string; stars: number; refunded: boolean }>`
    SELECT id, stars, refunded_at IS NOT NULL AS refunded FROM charges WHERE id = ANY(${[...chargeIds]}::text[])
  `.execute(db)
  return new Map(rows.map(({ id, stars, refunded }) => [id, { stars, refunded }]))
}

/** Telegram's list has these payments, and these refunds. */
export async function markListed(
  db: Executor,
  { paid, refunded }: { paid: readonly string[]; refunded: readonly string[] },
): Promise<void> {
  await sql`
    UPDATE charges SET listed_at = clock_timestamp() WHERE id = ANY(${[...paid]}::text[]) AND listed_at IS NULL
  `.execute(db)
  await sql`
    UPDATE charges SET refund_listed_at = clock_timestamp()
    WHERE id = ANY(${[...refunded]}::text[]) AND refund_listed_at IS NULL
  `.execute(db)
}

/** Charges, or refunds, older than this that were never seen in Telegram's list; the oldest first. */
export async function unlistedCharges(
  db: Executor,
  { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number },
): Promise<{ id: string; stars: number; kind: 'unlisted_payment' | 'unlisted_refund' }[]> {
  const { rows } = await sql<{ id: string; stars: number; kind: 'unlisted_payment' | 'unlisted_refund' }>`
    (SELECT id, stars, 'unlisted_payment' AS kind FROM charges
     WHERE listed_at IS NULL AND paid_at < clock_timestamp() - make_interval(secs => ${olderThanSeconds}::integer)
     ORDER BY paid_at LIMIT ${limit})
    UNION ALL
    (SELECT id, stars, 'unlisted_refund' FROM charges
     WHERE refund_listed_at IS NULL AND refunded_at < clock_timestamp() - make_interval(secs => ${olderThanSeconds}::integer)
     ORDER BY refunded_at LIMIT ${limit})
  `.execute(db)
  return rows
}
