import { type RawBuilder, sql } from 'kysely'
import type { Channel, DeliveryStatus, Interface } from '#contract/words'
import type { Executor } from '#platform/postgres'
import type { Purpose } from './channel.ts'

/** A delivery as operators see it: where it stands and why, never what it says or to which address. */
export interface DeliveryRecord {
  id: string
  userId: string
  channel: Channel
  interface: Interface
  purpose: Purpose
  state: DeliveryStatus
  attempts: number
  lastError: string | null
  messageId: string | null
  turnId: string | null
  /** Which of the product's sentences, where it is one. */
  notice: string | null
  part: number
  createdAt: string
  owedAt: string
  finishedAt: string | null
}

export interface AttemptRecord {
  attempt: number
  startedAt: string
  finishedAt: string | null
  /** Null: nobody lived to say. */
  outcome: string | null
  error: string | null
}

export interface DeliveryFate {
  userId: string
  channel: Channel
  /** Null for pages. */
  address: string | null
  lost: boolean
}

/** What operators may look at: what was lost, newest first, and what is under way, oldest first. */
export type Shelf = 'failed' | 'unknown' | 'open'

/** A place between two rows of a shelf: microseconds since 1970 and the id of the row before it. */
export interface Cursor {
  atMicros: number
  id: string
}

const RECORD = sql`
  id, user_id, channel, interface, purpose, state, attempts, last_error, message_id, turn_id, notice->>'key' AS notice,
  part, created_at, owed_at, finished_at,
  (extract(epoch FROM coalesce(finished_at, owed_at)) * 1000000)::bigint AS at_micros`
/** Somebody did not want it said any more: nobody is to say it after all, and it is no loss. */
const TAKEN_BACK = sql`(last_error IS NOT DISTINCT FROM 'taken_back')`
const timeOf = ({ atMicros }: Cursor) => sql`(timestamptz 'epoch' + ${atMicros}::bigint * interval '1 microsecond')`

/** Rows of a shelf that come after a cursor, each with its own. */
export async function readShelf(
  db: Executor,
  { shelf, after, limit }: { shelf: Shelf; after: Cursor | null; limit: number },
): Promise<{ record: DeliveryRecord; cursor: Cursor }[]> {
  const { rows } = await (shelf === 'open' ? openRows(after, limit) : lostRows(shelf, after, limit)).execute(db)
  return rows.map((row) => ({ record: toRecord(row), cursor: { atMicros: row.at_micros, id: row.id } }))
}

function lostRows(state: Exclude<Shelf, 'open'>, after: Cursor | null, limit: number) {
  const behind = after ? sql`AND (finished_at, id) < (${timeOf(after)}, ${after.id})` : sql``
  return sql<RecordRow>`
    SELECT ${RECORD} FROM deliveries
    WHERE lost = ${state} AND NOT ${TAKEN_BACK} ${behind}
    ORDER BY finished_at DESC, id DESC LIMIT ${limit}`
}

/** Read from two indexes, as what is waited for and what nobody asked for lie apart. */
function openRows(after: Cursor | null, limit: number) {
  const behind = after ? sql`AND (owed_at, id) > (${timeOf(after)}, ${after.id})` : sql``
  const half = (purpose: RawBuilder<unknown>) => sql`
    (SELECT ${RECORD} FROM deliveries WHERE due_at IS NOT NULL AND ${purpose} ${behind} ORDER BY owed_at, id LIMIT ${limit})`
  return sql<RecordRow>`
    ${half(sql`purpose <> 'proactive'`)} UNION ALL ${half(sql`purpose = 'proactive'`)} ORDER BY owed_at, id LIMIT ${limit}`
}

/** One delivery, or null. */
export async function findRecord(db: Executor, id: string): Promise<DeliveryRecord | null> {
  const { rows } = await sql<RecordRow>`SELECT ${RECORD} FROM deliveries WHERE id = ${id}`.execute(db)
  return rows[0] ? toRecord(rows[0]) : null
}

/** Oldest first. */
export async function readAttempts(db: Executor, deliveryId: string): Promise<AttemptRecord[]> {
  const { rows } = await sql<AttemptRow>`
    SELECT attempt, started_at, finished_at, outcome, error FROM delivery_attempts
    WHERE delivery_id = ${deliveryId} ORDER BY attempt
  `.execute(db)
  return rows.map((row) => ({
    attempt: row.attempt,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    outcome: row.outcome,
    error: row.error,
  }))
}

/** Whose a delivery is, where it goes and whether it is lost; null when there is none. */
export async function findFate(db: Executor, id: string): Promise<DeliveryFate | null> {
  const { rows } = await sql<{ user_id: string; channel: Channel; address: string | null; lost: boolean }>`
    SELECT user_id, channel, address, state IN ('failed', 'unknown') AND NOT ${TAKEN_BACK} AS lost
    FROM deliveries WHERE id = ${id}
  `.execute(db)
  const [row] = rows
  return row ? { userId: row.user_id, channel: row.channel, address: row.address, lost: row.lost } : null
}

/**
 * Owes a lost delivery anew: its deadline, its attempts and what of them may have arrived count from now on. It waits
 * while its chat has another one open, and comes before those that were made after it. The caller holds the user's row
 * lock and knows that it is lost.
 */
export async function oweAgain(tx: Executor, id: string): Promise<void> {
  await sql`
    UPDATE deliveries SET state = 'pending', attempts = 0, lease_attempts = 0, lease_token = lease_token + 1,
      owed_at = clock_timestamp(), finished_at = NULL, due_at = enter_lane(channel, address, purpose)
    WHERE id = ${id} AND state IN ('failed', 'unknown')
  `.execute(tx)
}

interface AttemptRow {
  attempt: number
  started_at: Date
  finished_at: Date | null
  outcome: string | null
  error: string | null
}

interface RecordRow {
  id: string
  user_id: string
  channel: Channel
  interface: Interface
  purpose: Purpose
  state: DeliveryStatus
  attempts: number
  last_error: string | null
  message_id: string | null
  turn_id: string | null
  notice: string | null
  part: number
  created_at: Date
  owed_at: Date
  finished_at: Date | null
  at_micros: number
}

function toRecord(row: RecordRow): DeliveryRecord {
  return {
    id: row.id,
    userId: row.user_id,
    channel: row.channel,
    interface: row.interface,
    purpose: row.purpose,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
    messageId: row.message_id,
    turnId: row.turn_id,
    notice: row.notice,
    part: row.part,
    createdAt: row.created_at.toISOString(),
    owedAt: row.owed_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
