import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** How many conversations a user has, and with whom the active one is. */
export async function countTalks(
  db: Executor,
  userId: string,
): Promise<{ conversations: number; activePersonaId: string | null }> {
  const { rows } = await sql<{ conversations: number; activePersonaId: string | null }>`
    SELECT count(*)::integer AS conversations, max(persona_id) FILTER (WHERE status = 'active') AS "activePersonaId"
    FROM conversations WHERE user_id = ${userId}`.execute(db)
  return rows[0] ?? { conversations: 0, activePersonaId: null }
}
