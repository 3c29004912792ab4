import { sql } from 'kysely'
import { FRESH_PROOF_SECONDS } from '#contract/limits'
import type { Locale } from '#contract/words'
import { type Executor, sweep } from '#platform/postgres'
import type { SessionInterface, SessionSummary } from './session.ts'

/** A session that is read all the time is written this often. */
const TOUCH_EVERY_SECONDS = 60
/** An ended session is kept this long, for the question "was that me?". */
const ENDED_KEPT_SECONDS = 30 * 24 * 3600
/** How many sessions a person gets to see. */
const LISTED_MAX = 100

export interface SessionRow {
  id: string
  user_id: string
  interface: SessionInterface
  locale: Locale
  adult: boolean
  key_id: string
  wrapped_key: Buffer
  fresh: boolean
  renewed: boolean
  must_rotate: boolean
}

export interface SessionInsert {
  id: string
  userId: string
  tokenHash: Buffer
  interface: SessionInterface
  device: string
  lifetimeSeconds: number
}

/** Returns when it will end if it is never used. */
export async function insertSession(executor: Executor, session: SessionInsert): Promise<Date> {
  const { rows } = await sql<{ expires_at: Date }>`
    INSERT INTO sessions (id, user_id, token_hash, interface, device, expires_at)
    VALUES (${session.id}, ${session.userId}, ${session.tokenHash}, ${session.interface}, ${session.device},
            now() + make_interval(secs => ${session.lifetimeSeconds}))
    RETURNING expires_at`.execute(executor)
  const row = rows[0]
  if (!row) throw new Error('a session was not inserted')
  return row.expires_at
}

/**
 * The sessions row is checked again under its lock, so that a session revoked meanwhile is not prolonged. A secret that
 * was changed moments ago still opens the session, but prolongs nothing.
 */
export async function readAndTouchSession(
  executor: Executor,
  tokenHash: Buffer,
  lifetimesSeconds: Record<SessionInterface, number>,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    WITH touched AS (
      UPDATE sessions SET last_seen_at = now(), expires_at = now() + make_interval(secs =>
        CASE interface WHEN 'webapp' THEN ${lifetimesSeconds.webapp}::integer ELSE ${lifetimesSeconds.browser} END)
      WHERE token_hash = ${tokenHash} AND revoked_at IS NULL AND expires_at > now()
        AND last_seen_at < now() - make_interval(secs => ${TOUCH_EVERY_SECONDS})
      RETURNING id
    )
    SELECT sessions.id, sessions.user_id, sessions.interface, users.locale,
      sessions.proven_at > now() - make_interval(secs => ${FRESH_PROOF_SECONDS}) AS fresh,
      sessions.must_rotate AND sessions.token_hash = ${tokenHash} AS must_rotate,
      users.adult_confirmed_at IS NOT NULL AS adult, users.key_id, user_keys.wrapped_key,
      EXISTS (SELECT FROM touched) AS renewed
    FROM sessions
      JOIN users ON users.id = sessions.user_id AND users.merged_into IS NULL
      JOIN user_keys ON user_keys.id = users.key_id AND user_keys.user_id = users.id
    WHERE (token_hash = ${tokenHash} OR (previous_token_hash = ${tokenHash} AND previous_valid_until > now()))
      AND revoked_at IS NULL AND expires_at > now()`.execute(executor)
  return rows[0]
}

/** Without `only` all of the user's, without `except` this one too. Returns the ids that ended now. */
export async function revokeSessions(
  executor: Executor,
  userId: string,
  { only = null, except = null }: { only?: string | null; except?: string | null },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE sessions SET revoked_at = now()
    WHERE user_id = ${userId} AND revoked_at IS NULL AND (${only}::uuid IS NULL OR id = ${only}::uuid)
      AND id IS DISTINCT FROM ${except}::uuid
    RETURNING id`.execute(executor)
  return rows.map(({ id }) => id)
}

/** Waits for a merge that moves them. Returns those that ended now, and whose each was by then. */
export async function revokeHeldSessions(
  executor: Executor,
  ids: readonly string[],
): Promise<{ id: string; userId: string }[]> {
  const { rows } = await sql<{ id: string; user_id: string }>`
    UPDATE sessions SET revoked_at = now() WHERE id = ANY(${[...ids]}::uuid[]) AND revoked_at IS NULL
    RETURNING id, user_id
  `.execute(executor)
  return rows.map((row) => ({ id: row.id, userId: row.user_id }))
}

/** The ids of all living sessions of a user. */
export async function livingSessionIds(executor: Executor, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM sessions WHERE user_id = ${userId} AND revoked_at IS NULL AND expires_at > now()
  `.execute(executor)
  return rows.map(({ id }) => id)
}

/** The living sessions of a user, last used first. */
export async function listSessions(executor: Executor, userId: string): Promise<SessionSummary[]> {
  const { rows } = await sql<{ id: string; interface: SessionInterface; device: string; last_seen_at: Date }>`
    SELECT id, interface, device, last_seen_at FROM sessions
    WHERE user_id = ${userId} AND revoked_at IS NULL AND expires_at > now()
    ORDER BY last_seen_at DESC, id DESC LIMIT ${LISTED_MAX}`.execute(executor)
  return rows.map((row) => ({
    id: row.id,
    interface: row.interface,
    device: row.device,
    lastSeenAt: row.last_seen_at.toISOString(),
  }))
}

/**
 * Those of these sessions that have ended, or are another user's by now: what is asked now and then for all event
 * streams held open, so the answer names only those that must close.
 */
export async function foreignSessions<Held extends { sessionId: string; userId: string }>(
  executor: Executor,
  held: readonly Held[],
): Promise<Held[]> {
  if (held.length === 0) return []
  const [ids, userIds] = [held.map(({ sessionId }) => sessionId), held.map(({ userId }) => userId)]
  const { rows } = await sql<{ at: string }>`
    SELECT held.at FROM unnest(${ids}::uuid[], ${userIds}::uuid[]) WITH ORDINALITY AS held (id, user_id, at)
    WHERE NOT EXISTS (
      SELECT FROM sessions AS s
      WHERE s.id = held.id AND s.user_id = held.user_id AND s.revoked_at IS NULL AND s.expires_at > now()
    )`.execute(executor)
  return rows.flatMap(({ at }) => held[Number(at) - 1] ?? [])
}

/** Which of these sessions still live, and whose each is now. */
export async function liveSessions(executor: Executor, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; user_id: string }>`
    SELECT id, user_id FROM sessions
    WHERE id = ANY(${ids}::uuid[]) AND revoked_at IS NULL AND expires_at > now()`.execute(executor)
  return new Map(rows.map((row) => [row.id, row.user_id]))
}

/** Whose living session this is and where; null when it has ended. */
export async function sessionById(
  db: Executor,
  id: string,
): Promise<{ userId: string; interface: SessionInterface } | null> {
  const { rows } = await sql<{ user_id: string; interface: SessionInterface }>`
    SELECT user_id, interface FROM sessions WHERE id = ${id} AND revoked_at IS NULL AND expires_at > now()
  `.execute(db)
  return rows[0] ? { userId: rows[0].user_id, interface: rows[0].interface } : null
}

/** Whether this session lives and is still this user's. */
export async function holdsSession(
  executor: Executor,
  { sessionId, userId }: { sessionId: string; userId: string },
): Promise<boolean> {
  return (await liveSessions(executor, [sessionId])).get(sessionId) === userId
}

export async function deleteEndedSessions(executor: Executor): Promise<void> {
  await sweep(
    executor,
    (limit) => sql`
      DELETE FROM sessions WHERE id = ANY(ARRAY(
        SELECT id FROM sessions
        WHERE least(expires_at, revoked_at) < now() - make_interval(secs => ${ENDED_KEPT_SECONDS}) LIMIT ${limit}))`,
  )
}
