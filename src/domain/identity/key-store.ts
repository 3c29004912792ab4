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
