import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import { liveUser } from './user-store.ts'

export interface CurrentKeyRow {
  user_id: string
  key_id: string
  wrapped_key: Buffer
}

export async function readCurrentKey(executor: Executor, userId: string): Promise<CurrentKeyRow | undefined> {
  const { rows } = await sql<CurrentKeyRow>`
    WITH RECURSIVE ${liveUser(userId)}
    SELECT users.id AS user_id, user_keys.id AS key_id, user_keys.wrapped_key
    FROM live JOIN users ON users.id = live.id JOIN user_keys ON user_keys.id = users.key_id
    WHERE live.merged_into IS NULL AND user_keys.user_id = users.id`.execute(executor)
  return rows[0]
}

export async function readKey(executor: Executor, userId: string, keyId: string): Promise<Buffer | undefined> {
  const row = await executor
    .selectFrom('user_keys')
    .select('wrapped_key')
    .where('id', '=', keyId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.wrapped_key
}

export interface WrappedKeyRow {
  id: string
  wrapped_key: Buffer
}

/** Data keys of everybody in the order of their ids, after this one (null: from the first), since a moment or ever. */
export async function readWrappedKeys(
  db: Executor,
  { after, limit, since = null }: { after: string | null; limit: number; since?: Date | null },
): Promise<WrappedKeyRow[]> {
  const { rows } = await sql<WrappedKeyRow>`
    SELECT id, wrapped_key FROM user_keys
    WHERE (${after}::uuid IS NULL OR id > ${after}::uuid) AND (${since}::timestamptz IS NULL OR created_at >= ${since})
    ORDER BY id LIMIT ${limit}`.execute(db)
  return rows
}

/** Puts each in the place of what was read, where that still lies there. */
export async function replaceWrappedKeys(
  db: Executor,
  keys: readonly { id: string; from: Buffer; to: Buffer }[],
): Promise<void> {
  await sql`
    UPDATE user_keys SET wrapped_key = again.wrapped
    FROM unnest(${keys.map(({ id }) => id)}::uuid[], ${keys.map(({ from }) => from)}::bytea[],
      ${keys.map(({ to }) => to)}::bytea[]) AS again (id, was, wrapped)
    WHERE user_keys.id = again.id AND user_keys.wrapped_key = again.was`.execute(db)
}

/** Nobody adds a data key until the transaction ends. */
export async function lockKeys(tx: Executor): Promise<void> {
  await sql`LOCK TABLE user_keys IN SHARE MODE`.execute(tx)
}
