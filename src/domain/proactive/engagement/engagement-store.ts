import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { SkipReason } from '../kinds.ts'
import { type MannersOptions, type MannersRow, toVerdict, type Verdict, ZONE_UNKNOWN } from '../manners-store.ts'
import type { LeasedEngagement } from './engagement-queue-store.ts'

/** So many unanswered ones, and there are no more until the person writes. */
const UNANSWERED_MAX = 2

export interface EngagementOptions extends MannersOptions {
  /** How long somebody is silent before the first, in milliseconds; the next come at three and ten times that. */
  afterMs: number
}

/** What a look at somebody came to: a text is to be written, it is not the time, or why the moment went by. */
export type Looked = SkipReason | 'ready' | 'moved' | 'early' | 'resting' | 'gone'

/** The moment that a text is written for. */
export interface Moment {
  /** What it is known by in `initiatives`. */
  cause: string
  /** Which of this silence, from 0. */
  moment: number
  /** The person has written since it was planned. */
  answered: boolean
  /** Null: there is no such user any more. */
  verdict: Verdict | null
}

/**
 * The person wants to hear from the companion: the silence that counts begins now. Who wants it already changes nothing,
 * unless there was to be nothing more. The caller holds the user's row lock.
 */
export async function wantEngagement(tx: Executor, userId: string): Promise<void> {
  await sql`
    INSERT INTO engagements AS e (user_id, silent_since, due_at) VALUES (${userId}, clock_timestamp(), now())
    ON CONFLICT (user_id) DO UPDATE SET silent_since = excluded.silent_since, due_at = excluded.due_at, moment = 0,
      said = 0, phase = 'waiting', lease_token = e.lease_token + 1, lease_attempts = 0
    WHERE e.due_at IS NULL OR e.said >= ${UNANSWERED_MAX}
  `.execute(tx)
}

/** The person does not want it any more; a text that is being written comes to nothing. The caller holds the user's row lock. */
export async function endEngagement(tx: Executor, userId: string): Promise<void> {
  await sql`
    UPDATE engagements SET due_at = NULL, phase = 'waiting', lease_token = lease_token + 1, lease_attempts = 0
    WHERE user_id = ${userId}
  `.execute(tx)
}

/** How many of a batch came to what, and up to when they were due, in UTC to the microsecond: a Date is less exact. */
export interface Planned {
  outcomes: ReadonlyMap<Looked, number>
  dueUntil: string
}

/**
 * Looks at `limit` of those who are due since `from`, set-based. What lies before was looked at already: looked for
 * again it takes longer with each batch, as its old places in the index are still there.
 */
export async function planEngagements(
  db: Executor,
  { afterMs, quietHours, dailyCap }: EngagementOptions,
  { from, limit }: { from: string; limit: number },
): Promise<Planned> {
  const { rows } = await sql<{ outcome: Looked; people: number; due_until: string }>`
    SELECT outcome, people,
      to_char(due_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS due_until
    FROM plan_engagements(
      ${from}, ${limit}, ${afterMs} * interval '1 millisecond', ${UNANSWERED_MAX}, ${quietHours}, ${dailyCap},
      ${ZONE_UNKNOWN})
  `.execute(db)
  return {
    outcomes: new Map(rows.map(({ outcome, people }) => [outcome, people])),
    dueUntil: rows[0]?.due_until ?? from,
  }
}

/** The moment under this lease as it stands now; null when it is somebody else's. In a transaction the row is locked. */
export async function readMoment(
  db: Executor,
  job: LeasedEngagement,
  { quietHours, dailyCap }: MannersOptions,
): Promise<Moment | null> {
  const { rows } = await sql<MomentRow>`
    SELECT engagement_cause(e.silent_since, e.moment) AS cause, e.moment,
      coalesce(m.spoke_at > e.silent_since, false) AS answered, m.reason IS NOT NULL OR m.address IS NOT NULL AS living,
      m.address, m.conversation_id, m.reason, m.wait_until
    FROM engagements e
      LEFT JOIN LATERAL manners_of(e.user_id, 'engagement', ${quietHours}, ${dailyCap}, ${ZONE_UNKNOWN}, 0) m ON true
    WHERE e.user_id = ${job.user_id} AND e.lease_token = ${job.lease_token} AND e.phase = 'writing'
    FOR UPDATE OF e
  `.execute(db)
  const row = rows[0]
  return row
    ? {
        cause: row.cause,
        moment: row.moment,
        answered: row.answered,
        verdict: row.living ? toVerdict(row) : null,
      }
    : null
}

interface MomentRow extends MannersRow {
  cause: string
  moment: number
  answered: boolean
  living: boolean
}

/** The moment went by, with something said or without. The caller has read it under this lease. */
export async function passMoment(
  tx: Executor,
  job: LeasedEngagement,
  { said, afterMs }: { said: boolean; afterMs: number },
): Promise<void> {
  await sql`
    UPDATE engagements SET phase = 'waiting', lease_attempts = 0, moment = moment + 1, said = said + ${said ? 1 : 0},
      due_at = engagement_after(silent_since, moment + 1, ${afterMs} * interval '1 millisecond')
    WHERE user_id = ${job.user_id} AND lease_token = ${job.lease_token}
  `.execute(tx)
}

/** It is not the time yet, or any more: looked at again then, or so many seconds from now. Read under this lease by the caller. */
export async function putBackMoment(tx: Executor, job: LeasedEngagement, until: Date | number): Promise<void> {
  const [at, seconds] = typeof until === 'number' ? [null, until] : [until, 0]
  await sql`
    UPDATE engagements SET phase = 'waiting', lease_attempts = 0, 
      due_at = coalesce(${at}::timestamptz, now() + make_interval(secs => ${seconds}::double precision))
    WHERE user_id = ${job.user_id} AND lease_token = ${job.lease_token}
  `.execute(tx)
}

/** For how long, in seconds, the one that waits longest has been due; 0 without any. */
export async function oldestDueSeconds(db: Executor): Promise<number> {
  const oldest = (phase: 'waiting' | 'writing') => sql`
    SELECT due_at FROM engagements WHERE due_at IS NOT NULL AND phase = ${sql.lit(phase)} ORDER BY due_at LIMIT 1`
  const { rows } = await sql<{ seconds: number | null }>`
    SELECT greatest(0, extract(epoch FROM clock_timestamp() - least((${oldest('waiting')}), (${oldest('writing')}))))::float8
      AS seconds
  `.execute(db)
  return rows[0]?.seconds ?? 0
}
