import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { SealedFact } from './fact.ts'

export async function factsOfUser(db: Executor, userId: string): Promise<SealedFact[]> {
  const { rows } = await sql<{
    id: string
    conversation_id: string
    message_id: string
    sealed_text: Buffer
    created_at: Date
  }>`
    SELECT id, conversation_id, message_id, sealed_text, created_at FROM facts
    WHERE user_id = ${userId} AND sealed_text IS NOT NULL ORDER BY created_at
  `.execute(db)
  return rows.map((row) => ({
    id: row.id,
    userId,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    sealedText: row.sealed_text,
    createdAt: row.created_at,
  }))
}

export async function summariesOfUser(
  db: Executor,
  userId: string,
): Promise<{ conversationId: string; sealed: Buffer; writtenAt: Date | null }[]> {
  const { rows } = await sql<{ conversation_id: string; sealed_summary: Buffer; written_at: Date | null }>`
    SELECT conversation_id, sealed_summary, written_at FROM memories
    WHERE user_id = ${userId} AND sealed_summary IS NOT NULL ORDER BY written_at
  `.execute(db)
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    sealed: row.sealed_summary,
    writtenAt: row.written_at,
  }))
}

export async function eraseFacts(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM facts WHERE (user_id, id) IN (
      SELECT user_id, id FROM facts WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}

export async function eraseMemories(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM memories WHERE (user_id, conversation_id) IN (
      SELECT user_id, conversation_id FROM memories WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}
