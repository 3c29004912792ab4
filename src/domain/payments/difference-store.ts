import { sql } from 'kysely'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'

/** What may not add up between Telegram's Stars and our books. */
export type DifferenceKind =
  /** Paid with a payload that no order has. */
  | 'unknown_order'
  | 'wrong_sum'
  | 'wrong_currency'
  | 'wrong_person'
  /** The order's user is not there any more. */
  | 'user_gone'
  /** A refund that does not fit its charge. */
  | 'wrong_refund'
  /** Booked here, and not in Telegram's list. */
  | 'unlisted_payment'
  | 'unlisted_refund'
  /** In Telegram's list with another sum than here. */
  | 'other_sum'
  /** Somebody whose payments were given back again and again. */
  | 'refund_loop'

type Detail = Record<string, string | number | null>

export interface Difference {
  id: string
  kind: DifferenceKind
  chargeId: string
  /** Ids and sums alone. */
  detail: Detail
  /** ISO 8601. */
  seenAt: string
  settledAt: string | null
}

interface DifferenceRow {
  id: string
  kind: DifferenceKind
  charge_id: string
  detail: Detail
  seen_at: Date
  settled_at: Date | null
}

const COLUMNS = sql`id, kind, charge_id, detail, seen_at, settled_at`

/** Writes a difference down for operators; false when it stands there already, settled or not. */
export async function insertDifference(
  tx: Executor,
  { kind, chargeId, detail }: Pick<Difference, 'kind' | 'chargeId' | 'detail'>,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO payment_differences (id, kind, charge_id, detail)
    VALUES (${newId()}, ${kind}, ${chargeId}, ${JSON.stringify(detail)}::jsonb)
    ON CONFLICT (kind, charge_id) DO NOTHING RETURNING id
  `.execute(tx)
  return rows.length > 0
}

/** Newest first; `before`: the id of the last one seen. At most `limit` + 1, so that the caller sees whether more follow. */
export async function listDifferences(
  db: Executor,
  { settled, before, limit }: { settled: boolean; before: string | null; limit: number },
): Promise<Difference[]> {
  const { rows } = await sql<DifferenceRow>`
    SELECT ${COLUMNS} FROM payment_differences
    WHERE (settled_at IS NOT NULL) = ${settled} AND (${before}::uuid IS NULL OR id < ${before}::uuid)
    ORDER BY id DESC LIMIT ${limit + 1}
  `.execute(db)
  return rows.map(toDifference)
}

/** Whether there is such a difference; a settled one stays as it is. */
export async function settleDifference(tx: Executor, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    UPDATE payment_differences SET settled_at = coalesce(settled_at, clock_timestamp()) WHERE id = ${id} RETURNING id
  `.execute(tx)
  return rows.length > 0
}

/** Those of these kinds that are about this charge are over. */
export async function settleDifferencesOf(
  tx: Executor,
  chargeIds: readonly string[],
  kinds: readonly DifferenceKind[],
): Promise<void> {
  await sql`
    UPDATE payment_differences SET settled_at = clock_timestamp()
    WHERE charge_id = ANY(${[...chargeIds]}::text[]) AND kind = ANY(${[...kinds]}::text[]) AND settled_at IS NULL
  `.execute(tx)
}

/** The person is trusted with payments again. */
export async function settleLoopsOf(tx: Executor, userId: string): Promise<void> {
  await sql`
    UPDATE payment_differences SET settled_at = clock_timestamp()
    WHERE kind = 'refund_loop' AND detail ->> 'userId' = ${userId} AND settled_at IS NULL
  `.execute(tx)
}

/** A payment that could not be booked: who paid, for giving it back. Null when there is none. */
export async function findParked(
  db: Executor,
  chargeId: string,
  kinds: readonly DifferenceKind[],
): Promise<{ telegramId: string; stars: number } | null> {
  const { rows } = await sql<DifferenceRow>`
    SELECT ${COLUMNS} FROM payment_differences
    WHERE charge_id = ${chargeId} AND kind = ANY(${[...kinds]}::text[]) ORDER BY id LIMIT 1
  `.execute(db)
  const { telegramId, stars } = rows[0]?.detail ?? {}
  return typeof telegramId === 'string' && typeof stars === 'number' ? { telegramId, stars } : null
}

/** How many wait for an operator. */
export async function openDifferences(db: Executor): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM payment_differences WHERE settled_at IS NULL
  `.execute(db)
  return rows[0]?.count ?? 0
}

function toDifference(row: DifferenceRow): Difference {
  return {
    id: row.id,
    kind: row.kind,
    chargeId: row.charge_id,
    detail: row.detail,
    seenAt: row.seen_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
  }
}
