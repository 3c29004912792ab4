import { type RawBuilder, sql } from 'kysely'
import type { User } from '#contract/api'
import type { Locale } from '#contract/words'
import type { Executor } from '#platform/postgres'

/** A chain of merges is short; the bound stops a circle that a damaged database might hold. */
const MERGES_FOLLOWED_MAX = 50

interface UserRow {
  id: string
  display_name: string
  locale: string
  timezone: string | null
  adult_confirmed_at: Date | null
  minor_locked_at: Date | null
}

/** The user, or the one it was merged into; null when there is none. */
export async function readUser(executor: Executor, userId: string): Promise<User | null> {
  const { rows: own } = await sql<UserRow>`
    SELECT id, display_name, locale, timezone, adult_confirmed_at, minor_locked_at FROM users
    WHERE id = ${userId}::uuid AND merged_into IS NULL AND erased_at IS NULL`.execute(executor)
  return own[0] ? toUser(own[0]) : readSurvivor(executor, userId)
}

async function readSurvivor(executor: Executor, userId: string): Promise<User | null> {
  const { rows } = await sql<UserRow>`
    WITH RECURSIVE ${liveUser(userId)}
    SELECT users.id, display_name, locale, timezone, adult_confirmed_at, minor_locked_at
    FROM live JOIN users ON users.id = live.id WHERE live.merged_into IS NULL`.execute(executor)
  return rows[0] ? toUser(rows[0]) : null
}

/** The id under which this user lives on; null when there is none. */
export async function liveUserId(executor: Executor, userId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE ${liveUser(userId)} SELECT id FROM live WHERE merged_into IS NULL`.execute(executor)
  return rows[0]?.id ?? null
}

/**
 * A recursive query `live (id, merged_into)`: the way from a user's id to the living user, tombstone by tombstone. It ends
 * at whoever asked to be forgotten and was.
 */
export function liveUser(userId: string): RawBuilder<unknown> {
  return sql`live (id, merged_into, depth) AS (
      SELECT id, merged_into, 1 FROM users WHERE id = ${userId}::uuid AND erased_at IS NULL
      UNION ALL
      SELECT users.id, users.merged_into, depth + 1 FROM users JOIN live ON users.id = live.merged_into
      WHERE depth < ${MERGES_FOLLOWED_MAX}::integer AND users.erased_at IS NULL
    )`
}

/** Null for a value leaves that column as it is. The first confirmation of age stands; who said to be under 18 cannot
 * give one. */
export async function writeUser(
  executor: Executor,
  userId: string,
  changes: {
    locale: Locale | null
    timezone: string | null
    adult: boolean
    proactiveEnabled: boolean | null
    quietHours: string | null
    /** Undefined leaves it: null is a value here. */
    dailyCap: number | null | undefined
  },
): Promise<User | null> {
  const { rows } = await sql<UserRow>`
    UPDATE users SET
      locale = coalesce(${changes.locale}, locale),
      timezone = coalesce(${changes.timezone}, timezone),
      proactive_enabled = coalesce(${changes.proactiveEnabled}::boolean, proactive_enabled),
      quiet_hours = coalesce(${changes.quietHours}, quiet_hours),
      daily_cap = CASE WHEN ${changes.dailyCap !== undefined} THEN ${changes.dailyCap ?? null}::integer ELSE daily_cap END,
      adult_confirmed_at = CASE WHEN ${changes.adult} AND minor_locked_at IS NULL
        THEN coalesce(adult_confirmed_at, now()) ELSE adult_confirmed_at END
    WHERE id = ${userId}::uuid AND merged_into IS NULL AND erased_at IS NULL
    RETURNING id, display_name, locale, timezone, adult_confirmed_at, minor_locked_at`.execute(executor)
  return rows[0] ? toUser(rows[0]) : null
}

/** Whether and when the companion may write first; nulls: never chosen. */
export async function readProactive(
  executor: Executor,
  userId: string,
): Promise<{ enabled: boolean | null; quietHours: string | null }> {
  const { rows } = await sql<{ proactive_enabled: boolean | null; quiet_hours: string | null }>`
    SELECT proactive_enabled, quiet_hours FROM users WHERE id = ${userId}::uuid`.execute(executor)
  return { enabled: rows[0]?.proactive_enabled ?? null, quietHours: rows[0]?.quiet_hours ?? null }
}

/** How many credits the person allows themselves a day; null: as many as there are. */
export async function readDailyCap(executor: Executor, userId: string): Promise<number | null> {
  const { rows } = await sql<{
    daily_cap: number | null
  }>`SELECT daily_cap FROM users WHERE id = ${userId}::uuid`.execute(executor)
  return rows[0]?.daily_cap ?? null
}

function toUser(row: UserRow): User {
  return {
    id: row.id,
    displayName: row.display_name,
    locale: row.locale as Locale,
    timezone: row.timezone,
    adultConfirmedAt: row.adult_confirmed_at?.toISOString() ?? null,
    minorLockedAt: row.minor_locked_at?.toISOString() ?? null,
  }
}
