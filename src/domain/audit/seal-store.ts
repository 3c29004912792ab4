import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** One sealer at a time, over all processes. */
const SEALING_LOCK_KEY = 7_205_123
/** Who took an id first may commit last: so far behind the newest sealed row it is still looked for. */
const LATE_ROWS_MAX = 1_000

/** The row of the audit as text, the same for ever: what is hashed. */
const CANONICAL = sql`
  jsonb_build_array(e.id, e.user_id, e.kind, e.details, encode(e.client_hash, 'hex'),
    to_char(e.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'))::text`

export interface Seal {
  place: number
  eventId: number
  hash: Buffer
}

export interface SealedEvent extends Seal {
  /** Null when the row is gone. */
  canonical: string | null
}

/** False when somebody else is sealing; held until the end of the transaction. */
export async function takeSealing(tx: Executor): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    SELECT pg_try_advisory_xact_lock(${SEALING_LOCK_KEY}::bigint) AS taken`.execute(tx)
  return rows[0]?.taken ?? false
}

/** The newest link of the chain; null before the first. */
export async function lastSeal(db: Executor): Promise<Seal | null> {
  const { rows } = await sql<Seal>`
    SELECT place, event_id AS "eventId", hash FROM audit_seals ORDER BY place DESC LIMIT 1`.execute(db)
  return rows[0] ?? null
}

/** Rows that have no seal yet, in the order of their ids. */
export async function readUnsealed(
  db: Executor,
  { limit }: { limit: number },
): Promise<{ eventId: number; canonical: string }[]> {
  const { rows } = await sql<{ eventId: number; canonical: string }>`
    SELECT e.id AS "eventId", ${CANONICAL} AS canonical FROM audit_events e
    WHERE e.id > coalesce((SELECT max(event_id) FROM audit_seals), 0) - ${LATE_ROWS_MAX}
      AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.event_id = e.id)
    ORDER BY e.id LIMIT ${limit}`.execute(db)
  return rows
}

export async function insertSeals(tx: Executor, seals: readonly Seal[]): Promise<void> {
  await sql`
    INSERT INTO audit_seals (place, event_id, hash)
    SELECT * FROM unnest(${seals.map(({ place }) => place)}::bigint[], ${seals.map(({ eventId }) => eventId)}::bigint[],
      ${seals.map(({ hash }) => hash)}::bytea[])`.execute(tx)
}

/** A part of the chain with what it seals, in its order. */
export async function readChain(
  db: Executor,
  { after, limit }: { after: number; limit: number },
): Promise<SealedEvent[]> {
  const { rows } = await sql<SealedEvent>`
    SELECT s.place, s.event_id AS "eventId", s.hash, CASE WHEN e.id IS NULL THEN NULL ELSE ${CANONICAL} END AS canonical
    FROM audit_seals s LEFT JOIN audit_events e ON e.id = s.event_id
    WHERE s.place > ${after} ORDER BY s.place LIMIT ${limit}`.execute(db)
  return rows
}

/** Ids of rows that are older than this and have no seal. */
export async function readOutside(
  db: Executor,
  { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT e.id FROM audit_events e LEFT JOIN audit_seals s ON s.event_id = e.id
    WHERE s.event_id IS NULL AND e.happened_at < clock_timestamp() - make_interval(secs => ${olderThanSeconds})
    ORDER BY e.id LIMIT ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
