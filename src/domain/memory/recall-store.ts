import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { SealedFact } from './fact.ts'

/** What a companion knows besides the recent messages, as it lies in the database. */
export interface SealedRecollection {
  summary: Buffer | null
  /** Oldest first. */
  facts: SealedFact[]
  /** As `forgottenIds` gives them. */
  forgotten: Set<string>
}

interface RecalledRow {
  id: string | null
  conversation_id: string
  message_id: string
  turn_id: string | null
  sealed: Buffer | null
  created_at: Date
}

/**
 * As `readFacts` and `forgottenIds`, and the summary, in one statement: each of them costs more by being one more
 * question than by what it asks. Facts come from the other conversations too.
 */
export async function readRecollection(
  db: Executor,
  userId: string,
  conversationId: string,
  others: readonly string[],
): Promise<SealedRecollection> {
  const { rows } = await sql<RecalledRow>`
    SELECT NULL::uuid AS id, conversation_id, NULL::uuid AS message_id, NULL::uuid AS turn_id, sealed_summary AS sealed,
      NULL::timestamptz AS created_at
    FROM memories WHERE user_id = ${userId} AND conversation_id = ${conversationId}
    UNION ALL
    SELECT id, conversation_id, message_id, turn_id, sealed_text, created_at FROM facts
    WHERE user_id = ${userId} AND conversation_id = ANY(${[conversationId, ...others]}::uuid[])
      AND (forgotten_at IS NULL OR conversation_id = ${conversationId})
    ORDER BY created_at, id
  `.execute(db)
  const recollection: SealedRecollection = { summary: null, facts: [], forgotten: new Set() }
  for (const row of rows) {
    if (row.id === null) recollection.summary = row.sealed
    // A forgotten fact has no text any more.
    else if (row.sealed === null) forget(recollection.forgotten, row)
    else recollection.facts.push(toFact(userId, row.id, row, row.sealed))
  }
  return recollection
}

function forget(forgotten: Set<string>, row: RecalledRow): void {
  forgotten.add(row.message_id)
  if (row.turn_id !== null) forgotten.add(row.turn_id)
}

function toFact(userId: string, id: string, row: RecalledRow, sealedText: Buffer): SealedFact {
  const { conversation_id: conversationId, message_id: messageId, created_at: createdAt } = row
  return { id, userId, conversationId, messageId, sealedText, createdAt }
}
