import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** A user's row as a merge or an undo finds it, locked. */
export interface UserToJoin {
  id: string
  mergedInto: string | null
  seqBase: number
  lastSeq: number
}

/** Locks the rows of these users in id order, so that two merges never wait for each other in a circle. */
export async function lockUsers(tx: Executor, userIds: readonly string[]): Promise<Map<string, UserToJoin>> {
  const { rows } = await sql<{ id: string; merged_into: string | null; seq_base: number; last_seq: number }>`
    SELECT id, merged_into, seq_base, last_seq FROM users
    WHERE id = ANY(${[...userIds]}::uuid[]) AND erased_at IS NULL ORDER BY id FOR NO KEY UPDATE
  `.execute(tx)
  return new Map(
    rows.map((row) => [
      row.id,
      { id: row.id, mergedInto: row.merged_into, seqBase: row.seq_base, lastSeq: row.last_seq },
    ]),
  )
}

/** The history of this user now begins at `seqBase` and has `length` lines. The caller holds the user's row lock. */
export async function rebaseHistory(
  tx: Executor,
  userId: string,
  { seqBase, length }: { seqBase: number; length: number },
): Promise<void> {
  await sql`
    UPDATE users SET seq_base = ${seqBase}, last_seq = ${seqBase + length - 1} WHERE id = ${userId}
  `.execute(tx)
}

/** The absorbed user becomes a tombstone; what it had confirmed or chosen and the survivor had not is kept. */
export async function bury(tx: Executor, absorbedId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE users s SET
      timezone = coalesce(s.timezone, a.timezone),
      proactive_enabled = coalesce(s.proactive_enabled, a.proactive_enabled),
      quiet_hours = coalesce(s.quiet_hours, a.quiet_hours),
      adult_confirmed_at = CASE WHEN coalesce(s.minor_locked_at, a.minor_locked_at) IS NULL
        THEN least(s.adult_confirmed_at, a.adult_confirmed_at) END,
      minor_locked_at = least(s.minor_locked_at, a.minor_locked_at),
      minor_unlock_reason = coalesce(s.minor_unlock_reason, a.minor_unlock_reason),
      display_name = coalesce(nullif(s.display_name, ''), a.display_name),
      last_persona_id = coalesce(s.last_persona_id, a.last_persona_id),
      daily_cap = coalesce(s.daily_cap, a.daily_cap),
      payments_held_at = least(s.payments_held_at, a.payments_held_at),
      spoke_at = greatest(s.spoke_at, a.spoke_at)
    FROM users a WHERE s.id = ${survivorId} AND a.id = ${absorbedId}
  `.execute(tx)
  await sql`UPDATE users SET merged_into = ${survivorId} WHERE id = ${absorbedId}`.execute(tx)
}

/** Both are one person, who has agreed to what either of them agreed to. */
export async function copyConsents(tx: Executor, fromUserId: string, toUserId: string): Promise<void> {
  await sql`
    INSERT INTO consents (user_id, document, version, interface, given_at)
      SELECT ${toUserId}, document, version, interface, given_at FROM consents WHERE user_id = ${fromUserId}
    ON CONFLICT DO NOTHING
  `.execute(tx)
}

/**
 * The tombstone lives again, as it was when it was absorbed; only whether companions are closed to this person is as it is
 * now, so that nobody gets round it by parting.
 */
export async function revive(tx: Executor, userId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE users a SET merged_into = NULL, minor_locked_at = s.minor_locked_at,
      adult_confirmed_at = CASE WHEN s.minor_locked_at IS NULL THEN a.adult_confirmed_at END
    FROM users s WHERE a.id = ${userId} AND s.id = ${survivorId}
  `.execute(tx)
}

/** Hands over all identities; returns their ids. */
export async function moveIdentities(tx: Executor, fromUserId: string, toUserId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE identities SET user_id = ${toUserId} WHERE user_id = ${fromUserId} RETURNING id
  `.execute(tx)
  return rows.map(({ id }) => id)
}

/** Hands these identities back, as far as the user still has them. */
export async function returnIdentities(
  tx: Executor,
  ids: readonly string[],
  fromUserId: string,
  toUserId: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE identities SET user_id = ${toUserId} WHERE user_id = ${fromUserId} AND id = ANY(${[...ids]}::uuid[])
    RETURNING id
  `.execute(tx)
  return rows.map(({ id }) => id)
}

/** Changes only the owner of data keys: what they sealed stays sealed by them. Returns their ids. */
export async function moveKeys(
  tx: Executor,
  { fromUserId, toUserId, only }: { fromUserId: string; toUserId: string; only?: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE user_keys SET user_id = ${toUserId}
    WHERE user_id = ${fromUserId} AND (${only === undefined} OR id = ANY(${[...(only ?? [])]}::uuid[]))
    RETURNING id
  `.execute(tx)
  return rows.map(({ id }) => id)
}

/** The key that seals a user's new rows, whoever owns it at this moment of a merge or an undo. */
export async function readOwnKey(tx: Executor, userId: string): Promise<{ keyId: string; wrappedKey: Buffer }> {
  const { rows } = await sql<{ id: string; wrapped_key: Buffer }>`
    SELECT k.id, k.wrapped_key FROM users u JOIN user_keys k ON k.id = u.key_id WHERE u.id = ${userId}
  `.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('a user without a data key')
  return { keyId: row.id, wrappedKey: row.wrapped_key }
}

/** Browser sessions that were opened by one of these identities alone, or by none that is known: whose else they are is not sure. */
export async function sessionsOfIdentities(
  tx: Executor,
  userId: string,
  identityIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM sessions s WHERE user_id = ${userId} AND revoked_at IS NULL AND interface = 'browser'
      AND NOT EXISTS (SELECT FROM session_proofs p WHERE p.session_id = s.id AND p.identity_id <> ALL(${[...identityIds]}::uuid[]))
  `.execute(tx)
  return rows.map(({ id }) => id)
}
