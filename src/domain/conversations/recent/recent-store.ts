import { type RawBuilder, sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { SealedMessage } from '../message.ts'
import { COLUMNS, fromRow, gapOf, type MessageRow, newestOf, saidBefore } from '../message-store.ts'

/** A part of a conversation, by its first and last place in the history. */
export interface Part {
  bottomSeq: number
  topSeq: number
}

/** What became of a part that somebody knows, and what was said after it. */
export interface Since {
  /** SHA-256 over id and place of every line of the part, as they lie there now; null when there is none. */
  fingerprint: Buffer | null
  /** Newest first, and the question, wherever it stands. */
  lines: SealedMessage[]
}

/**
 * As `readForPrompt`, but of the part that is known only whether it is still the same. PostgreSQL looks at every line of
 * it; what is saved is sending and opening them.
 */
export async function readSince(
  db: Executor,
  at: { userId: string; conversationId: string; questionSeq: number; linesMax: number } & Part,
): Promise<Since> {
  const { userId, conversationId, questionSeq } = at
  const later = newestOf(userId, conversationId, saidBefore(questionSeq), at.linesMax, { afterSeq: at.topSeq })
  const { rows } = await sql<MessageRow & { fingerprint: Buffer | null; id: string | null }>`
    SELECT part.fingerprint, lines.* FROM (${fingerprintOf(at)}) AS part LEFT JOIN (
      (${later})
      UNION ALL
      SELECT ${COLUMNS} FROM messages WHERE user_id = ${userId} AND seq = ${questionSeq}
    ) AS lines ON true ORDER BY lines.seq DESC
  `.execute(db)
  return { fingerprint: rows[0]?.fingerprint ?? null, lines: rows.filter(({ id }) => id !== null).map(fromRow) }
}

function fingerprintOf({
  userId,
  conversationId,
  bottomSeq,
  topSeq,
}: { userId: string; conversationId: string } & Part): RawBuilder<{ fingerprint: Buffer | null }> {
  const gap = gapOf(userId, conversationId)
  const side = (where: RawBuilder<unknown>) => sql`
    SELECT seq, id FROM messages
    WHERE user_id = ${userId} AND conversation_id = ${conversationId} AND role <> 'system'
      AND seq BETWEEN ${bottomSeq} AND ${topSeq} AND ${where}`
  return sql`
    SELECT sha256(string_agg(uuid_send(id) || int8send(seq), '' ORDER BY seq DESC)) AS fingerprint
    FROM ((${side(sql`seq > ${gap('gap_to')}`)}) UNION ALL (${side(sql`seq <= ${gap('gap_from')}`)})) AS sides`
}
