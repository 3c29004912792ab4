import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { SealedFact } from './fact.ts'

interface FactRow {
  id: string
  user_id: string
  conversation_id: string
  message_id: string
  sealed_text: Buffer
  created_at: Date
}

/** What is remembered in these conversations, oldest first. */
export async function readFacts(db: Executor, userId: string, conversationIds: string[]): Promise<SealedFact[]> {
  const { rows } = await sql<FactRow>`
    SELECT id, user_id, conversation_id, message_id, sealed_text, created_at FROM facts
    WHERE user_id = ${userId} AND conversation_id = ANY(${conversationIds}::uuid[]) AND forgotten_at IS NULL
    ORDER BY created_at, id
  `.execute(db)
  return rows.map(fromRow)
}

/**
 * Ids of the lines of which the person wants something forgotten, and of the turns that answer them: none of it is shown
 * to a model any more.
 */
export async function forgottenIds(db: Executor, userId: string, conversationId: string): Promise<Set<string>> {
  const { rows } = await sql<{ message_id: string; turn_id: string | null }>`
    SELECT DISTINCT message_id, turn_id FROM facts
    WHERE user_id = ${userId} AND conversation_id = ${conversationId} AND forgotten_at IS NOT NULL
  `.execute(db)
  return new Set(rows.flatMap((row) => (row.turn_id === null ? [row.message_id] : [row.message_id, row.turn_id])))
}

/** Ids of the lines of which the person has rewritten something that was drawn from them. */
export async function rewrittenIds(db: Executor, userId: string, conversationId: string): Promise<Set<string>> {
  const { rows } = await sql<{ message_id: string }>`
    SELECT DISTINCT message_id FROM facts
    WHERE user_id = ${userId} AND conversation_id = ${conversationId} AND edited_at IS NOT NULL
  `.execute(db)
  return new Set(rows.map((row) => row.message_id))
}

export async function insertFact(
  tx: Executor,
  fact: Omit<SealedFact, 'createdAt'> & { turnId: string | null },
): Promise<void> {
  await sql`
    INSERT INTO facts (user_id, id, conversation_id, message_id, turn_id, sealed_text)
    VALUES (${fact.userId}, ${fact.id}, ${fact.conversationId}, ${fact.messageId}, ${fact.turnId}::uuid,
            ${fact.sealedText})
  `.execute(tx)
}

/** The oldest facts make room, those that the person wrote themselves last. */
export async function keepNewestFacts(
  tx: Executor,
  { userId, conversationId, max }: { userId: string; conversationId: string; max: number },
): Promise<void> {
  await sql`
    DELETE FROM facts WHERE user_id = ${userId} AND id IN (
      SELECT id FROM facts WHERE user_id = ${userId} AND conversation_id = ${conversationId} AND forgotten_at IS NULL
      ORDER BY edited_at IS NULL, created_at DESC, id DESC OFFSET ${max})
  `.execute(tx)
}

/** Rewrites one of the user's own facts; null when there is none, or it is forgotten. */
export async function rewriteFact(
  tx: Executor,
  { userId, id, sealedText }: { userId: string; id: string; sealedText: Buffer },
): Promise<SealedFact | null> {
  const { rows } = await sql<FactRow>`
    UPDATE facts SET sealed_text = ${sealedText}, edited_at = clock_timestamp()
    WHERE user_id = ${userId} AND id = ${id} AND forgotten_at IS NULL
    RETURNING id, user_id, conversation_id, message_id, sealed_text, created_at
  `.execute(tx)
  return rows[0] ? fromRow(rows[0]) : null
}

/** One of the user's own facts that is not forgotten, or null. */
export async function findFact(db: Executor, userId: string, id: string): Promise<SealedFact | null> {
  const { rows } = await sql<FactRow>`
    SELECT id, user_id, conversation_id, message_id, sealed_text, created_at FROM facts
    WHERE user_id = ${userId} AND id = ${id} AND forgotten_at IS NULL
  `.execute(db)
  return rows[0] ? fromRow(rows[0]) : null
}

/** Takes the text of one of the user's own facts away. */
export async function blankFact(
  tx: Executor,
  { userId, id, mark }: { userId: string; id: string; mark: Buffer },
): Promise<void> {
  await sql`
    UPDATE facts SET sealed_text = NULL, forgotten_at = clock_timestamp(), forgotten_mark = ${mark}
    WHERE user_id = ${userId} AND id = ${id}
  `.execute(tx)
}

/** Marks of what was forgotten in a conversation, in hex. */
export async function forgottenMarks(db: Executor, userId: string, conversationId: string): Promise<Set<string>> {
  const { rows } = await sql<{ mark: string }>`
    SELECT encode(forgotten_mark, 'hex') AS mark FROM facts
    WHERE user_id = ${userId} AND conversation_id = ${conversationId} AND forgotten_mark IS NOT NULL
  `.execute(db)
  return new Set(rows.map((row) => row.mark))
}

export async function deleteFactsOf(tx: Executor, userId: string, conversationId: string): Promise<void> {
  await sql`DELETE FROM facts WHERE user_id = ${userId} AND conversation_id = ${conversationId}`.execute(tx)
}

function fromRow(row: FactRow): SealedFact {
  return {
    id: row.id,
    userId: row.user_id,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    sealedText: row.sealed_text,
    createdAt: row.created_at,
  }
}
