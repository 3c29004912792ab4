import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

export async function readTalks(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT id, persona_id AS persona, story_id AS story, status, started_at AS "startedAt", archived_at AS "archivedAt"
    FROM conversations WHERE user_id = ${userId} ORDER BY started_at
  `.execute(db)
  return rows
}

/** Deletes lines of these users; gives how many, and the turns that asked or answered them. */
export async function eraseLines(
  tx: Executor,
  userIds: readonly string[],
  most: number,
): Promise<{ lines: number; turnIds: string[] }> {
  const { rows } = await sql<{ turn_id: string | null }>`
    DELETE FROM messages WHERE (user_id, seq) IN (
      SELECT user_id, seq FROM messages WHERE user_id = ANY(${[...userIds]}::uuid[]) ORDER BY user_id, seq LIMIT ${most})
    RETURNING turn_id
  `.execute(tx)
  return { lines: rows.length, turnIds: rows.flatMap(({ turn_id: turnId }) => turnId ?? []) }
}

export async function eraseTalks(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM conversations WHERE (user_id, id) IN (
      SELECT user_id, id FROM conversations WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}
