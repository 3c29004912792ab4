import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** Nobody who joins two users wants either forgotten: both go on. */
export async function callOffErasures(tx: Executor, userIds: readonly string[]): Promise<void> {
  await sql`DELETE FROM erasures WHERE user_id = ANY(${[...userIds]}::uuid[]) AND due_at IS NOT NULL`.execute(tx)
}

/** Links of this user lead nowhere from now on. */
export async function voidExports(tx: Executor, userId: string): Promise<void> {
  await sql`DELETE FROM exports WHERE user_id = ${userId}`.execute(tx)
}
