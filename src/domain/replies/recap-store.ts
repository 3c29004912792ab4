import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** The last line from elsewhere that this user's chat was shown of this conversation, or null. */
export async function lastRecapped(db: Executor, userId: string, conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ message_id: string }>`
    SELECT message_id FROM recaps WHERE user_id = ${userId} AND conversation_id = ${conversationId}
  `.execute(db)
  return rows[0]?.message_id ?? null
}

export async function markRecapped(
  tx: Executor,
  userId: string,
  { conversationId, messageId }: { conversationId: string; messageId: string },
): Promise<void> {
  await sql`
    INSERT INTO recaps (user_id, conversation_id, message_id) VALUES (${userId}, ${conversationId}, ${messageId})
    ON CONFLICT (user_id, conversation_id) DO UPDATE SET message_id = excluded.message_id, shown_at = clock_timestamp()
  `.execute(tx)
}
