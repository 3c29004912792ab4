import { sql } from 'kysely'
import type { Locale } from '#contract/words'
import { ChangedMeanwhileError, type Executor, RowLockedError } from '#platform/postgres'
import { liveUser, liveUserId } from './user-store.ts'

export interface LockedUser {
  id: string
  locale: Locale
  keyId: string
  wrappedKey: Buffer
  adultConfirmedAt: Date | null
  /** Since when companions are closed to somebody who said to be under 18. */
  minorLockedAt: Date | null
  /** Whether the companion may write first; null: never chosen. */
  proactiveEnabled: boolean | null
  lastPersonaId: string | null
  lastSeq: number
}

interface LockedUserRow {
  id: string
  locale: Locale
  key_id: string
  wrapped_key: Buffer
  adult_confirmed_at: Date | null
  minor_locked_at: Date | null
  proactive_enabled: boolean | null
  last_persona_id: string | null
  last_seq: number
  merged_into: string | null
}

/**
 * Locks the user's row until the transaction ends; every deed that writes a user's rows does this first, so that
 * order, balance and lanes of one user have one writer at a time. A tombstone leads to its survivor and is not locked
 * itself: merges lock both in id order. Null when there is no such user.
 * It does not wait: whoever waited for a user in a long merge would keep a connection from all others meanwhile.
 * @throws RowLockedError when somebody else has the row; ChangedMeanwhileError when a merge or an undo came in between.
 *   For both `inTransaction` runs it all again
 */
export async function lockUser(tx: Executor, userId: string): Promise<LockedUser | null> {
  const { rows } = await sql<LockedUserRow>`
    WITH RECURSIVE ${liveUser(userId)}
    SELECT u.id, u.locale, u.key_id, k.wrapped_key, u.adult_confirmed_at, u.minor_locked_at, u.proactive_enabled,
      u.last_persona_id, u.last_seq, u.merged_into
    FROM users u JOIN user_keys k ON k.id = u.key_id
    WHERE u.id = (SELECT id FROM live WHERE merged_into IS NULL) FOR NO KEY UPDATE OF u SKIP LOCKED
  `.execute(tx)
  const row = rows[0]
  if (row?.id === userId && row.merged_into === null) return toLockedUser(row)
  const livingId = await liveUserId(tx, userId)
  if (livingId === null) return null
  if (!row) throw new RowLockedError('the user is busy')
  if (row.id !== livingId) throw new ChangedMeanwhileError('a user was merged or parted meanwhile')
  return toLockedUser(row)
}

function toLockedUser(row: LockedUserRow): LockedUser {
  return {
    id: row.id,
    locale: row.locale,
    keyId: row.key_id,
    wrappedKey: row.wrapped_key,
    adultConfirmedAt: row.adult_confirmed_at,
    minorLockedAt: row.minor_locked_at,
    proactiveEnabled: row.proactive_enabled,
    lastPersonaId: row.last_persona_id,
    lastSeq: row.last_seq,
  }
}

/** The next place in the user's history; `spoken`: it is the person who speaks. The caller holds the user's row lock. */
export async function nextSeq(tx: Executor, userId: string, { spoken }: { spoken: boolean }): Promise<number> {
  const { rows } = await sql<{ last_seq: number }>`
    UPDATE users SET last_seq = last_seq + 1, spoke_at = CASE WHEN ${spoken} THEN clock_timestamp() ELSE spoke_at END
    WHERE id = ${userId} RETURNING last_seq
  `.execute(tx)
  const seq = rows[0]?.last_seq
  if (seq === undefined) throw new Error('a message for a user that is not there')
  return seq
}

/** Remembers whom the user talked to last, for `/chat` when nothing is active. */
export async function rememberPersona(tx: Executor, userId: string, personaId: string): Promise<void> {
  await sql`UPDATE users SET last_persona_id = ${personaId} WHERE id = ${userId}`.execute(tx)
}

/** First and last place of each user's history, for streams that catch up. */
export async function historyBounds(
  db: Executor,
  userIds: string[],
): Promise<Map<string, { seqBase: number; lastSeq: number }>> {
  const { rows } = await sql<{ id: string; seq_base: number; last_seq: number }>`
    SELECT id, seq_base, last_seq FROM users
    WHERE id = ANY(${userIds}::uuid[]) AND merged_into IS NULL AND erased_at IS NULL
  `.execute(db)
  return new Map(rows.map((row) => [row.id, { seqBase: row.seq_base, lastSeq: row.last_seq }]))
}
