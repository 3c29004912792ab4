import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** This user and everybody who lives on in them, the absorbed ones' own absorbed ones too. */
export async function familyOf(db: Executor, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE family (id) AS (
      SELECT id FROM users WHERE id = ${userId}
      UNION
      SELECT users.id FROM users JOIN family ON users.merged_into = family.id
    )
    SELECT id FROM family
  `.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * The first and last step of forgetting somebody: from this commit on nothing of these users can be read, nobody comes
 * in as them and nobody writes for them. The rows stay, empty. Returns the ids of the sessions that ended. The caller
 * holds the locks of the rows.
 */
export async function endUsers(tx: Executor, userIds: readonly string[]): Promise<string[]> {
  const ids = sql`ANY(${[...userIds]}::uuid[])`
  await sql`
    UPDATE users SET erased_at = clock_timestamp(), display_name = '', locale = 'ru', timezone = NULL,
      adult_confirmed_at = NULL, minor_locked_at = NULL, minor_unlock_reason = NULL, texts_told = NULL,
      last_persona_id = NULL, proactive_enabled = NULL,
      quiet_hours = NULL, spoke_at = NULL, daily_cap = NULL, payments_held_at = NULL
    WHERE id = ${ids}
  `.execute(tx)
  await sql`DELETE FROM user_keys WHERE user_id = ${ids}`.execute(tx)
  const { rows } = await sql<{ id: string }>`DELETE FROM sessions WHERE user_id = ${ids} RETURNING id`.execute(tx)
  await sql`DELETE FROM identities WHERE user_id = ${ids}`.execute(tx)
  await sql`DELETE FROM consents WHERE user_id = ${ids}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Whether this user was forgotten. */
export async function isErased(db: Executor, userId: string): Promise<boolean> {
  const { rows } = await sql<{ erased: boolean }>`
    SELECT erased_at IS NOT NULL AS erased FROM users WHERE id = ${userId}
  `.execute(db)
  return rows[0]?.erased ?? false
}

export async function readProfile(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT id, display_name AS "displayName", locale, timezone, adult_confirmed_at AS "adultConfirmedAt",
      proactive_enabled AS "companionMayWriteFirst", quiet_hours AS "quietHours", daily_cap AS "dailyCap",
      minor_locked_at AS "lockedAsMinorAt", spoke_at AS "lastWroteAt", created_at AS "createdAt"
    FROM users WHERE id = ${userId}
  `.execute(db)
  return rows
}

export async function readLogins(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT provider, external_id AS "externalId", display_name AS "displayName", username, reachability,
      created_at AS "createdAt"
    FROM identities WHERE user_id = ${userId} ORDER BY created_at
  `.execute(db)
  return rows
}

export async function readSessions(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT id, interface, device, created_at AS "createdAt", last_seen_at AS "lastSeenAt", expires_at AS "expiresAt",
      revoked_at AS "revokedAt"
    FROM sessions WHERE user_id = ${userId} ORDER BY created_at
  `.execute(db)
  return rows
}

export async function readConsents(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT document, version, interface, given_at AS "givenAt" FROM consents WHERE user_id = ${userId} ORDER BY given_at
  `.execute(db)
  return rows
}
