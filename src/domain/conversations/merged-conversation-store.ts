import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** Hands over all conversations, marked with whom they came from. At most one of both users may be active. */
export async function moveConversations(tx: Executor, absorbedId: string, survivorId: string): Promise<void> {
  await sql`
    UPDATE conversations SET user_id = ${survivorId}, merged_from = ${absorbedId} WHERE user_id = ${absorbedId}
  `.execute(tx)
}

/** Its lines are another one's now: it is kept, out of sight, for an undo. */
export async function hideJoined(tx: Executor, userId: string, id: string, into: string): Promise<void> {
  await sql`
    UPDATE conversations SET status = 'archived', archived_at = clock_timestamp(), joined_into = ${into}
    WHERE user_id = ${userId} AND id = ${id}
  `.execute(tx)
}

/** The conversations that came with a merge. */
export async function movedConversations(
  tx: Executor,
  absorbedId: string,
  survivorId: string,
): Promise<{ id: string; active: boolean }[]> {
  const { rows } = await sql<{ id: string; active: boolean }>`
    SELECT id, status = 'active' AS active FROM conversations
    WHERE user_id = ${survivorId} AND merged_from = ${absorbedId}
  `.execute(tx)
  return rows
}

/** The talk that went on after the merge stays, in a conversation of its own with the same persona and story. */
export async function copyConversation(tx: Executor, userId: string, id: string, copyId: string): Promise<void> {
  await sql`
    INSERT INTO conversations (user_id, id, persona_id, persona_version, story_id, status, started_at, archived_at)
    SELECT user_id, ${copyId}, persona_id, persona_version, story_id, 'archived', started_at,
           coalesce(archived_at, clock_timestamp())
    FROM conversations WHERE user_id = ${userId} AND id = ${id}
  `.execute(tx)
}

/** Hands back what came, all of it archived for the moment; the one that this merge had hidden is there again. */
export async function returnConversations(
  tx: Executor,
  { absorbedId, survivorId, hidden }: { absorbedId: string; survivorId: string; hidden: string | null },
): Promise<void> {
  await sql`
    UPDATE conversations SET user_id = ${absorbedId}, merged_from = NULL, status = 'archived',
      joined_into = CASE WHEN id = ${hidden}::uuid THEN NULL ELSE joined_into END,
      archived_at = coalesce(archived_at, clock_timestamp())
    WHERE user_id = ${survivorId} AND merged_from = ${absorbedId}
  `.execute(tx)
}

/** Makes a conversation the active one, unless the user has one or it is not there. */
export async function activateIfNone(tx: Executor, userId: string, id: string): Promise<void> {
  await sql`
    UPDATE conversations SET status = 'active', archived_at = NULL WHERE user_id = ${userId} AND id = ${id}
      AND NOT EXISTS (SELECT FROM conversations WHERE user_id = ${userId} AND status = 'active')
  `.execute(tx)
}

/** A user whose active conversation went away is in the one before it again. */
export async function activateLastIfNone(tx: Executor, userId: string): Promise<void> {
  await sql`
    UPDATE conversations SET status = 'active', archived_at = NULL WHERE user_id = ${userId} AND id = (
      SELECT id FROM conversations WHERE user_id = ${userId} AND joined_into IS NULL ORDER BY archived_at DESC LIMIT 1
    ) AND NOT EXISTS (SELECT FROM conversations WHERE user_id = ${userId} AND status = 'active')
  `.execute(tx)
}
