import { type RawBuilder, sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import { forgetGaps } from './conversation-store.ts'
import type { SealedMessage } from './message.ts'

export interface MessageRow {
  id: string
  user_id: string
  seq: number
  conversation_id: string | null
  turn_id: string | null
  role: SealedMessage['role']
  channel: SealedMessage['channel']
  interface: SealedMessage['interface']
  content_type: SealedMessage['contentType']
  sealed_text: Buffer
  created_at: Date
}

export const COLUMNS = sql.raw(
  'id, user_id, seq, conversation_id, turn_id, role, channel, interface, content_type, sealed_text, created_at',
)

/** Writes one line and says when; its seq was taken under the user's row lock. */
export async function insertMessage(tx: Executor, message: Omit<SealedMessage, 'createdAt'>): Promise<Date> {
  const { rows } = await sql<{ created_at: Date }>`
    INSERT INTO messages (user_id, seq, id, conversation_id, turn_id, role, channel, interface, content_type, sealed_text)
    VALUES (${message.userId}, ${message.seq}, ${message.id}, ${message.conversationId}, ${message.turnId},
            ${message.role}, ${message.channel}, ${message.interface}, ${message.contentType}, ${message.sealedText})
    RETURNING created_at
  `.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('a message that was inserted did not come back')
  return row.created_at
}

/** A page of history by key, ascending: the lines before `before`, or after `after`, or the newest. */
export async function readPage(
  db: Executor,
  userId: string,
  { before, after, limit }: { before?: number; after?: number; limit: number },
): Promise<SealedMessage[]> {
  if (after !== undefined) {
    const { rows } = await sql<MessageRow>`
      SELECT ${COLUMNS} FROM messages WHERE user_id = ${userId} AND seq > ${after}
        AND seq < ${before ?? Number.MAX_SAFE_INTEGER} ORDER BY seq ${atMost(limit)}
    `.execute(db)
    return rows.map(fromRow)
  }
  const { rows } = await sql<MessageRow>`
    SELECT ${COLUMNS} FROM messages WHERE user_id = ${userId} AND seq < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY seq DESC ${atMost(limit)}
  `.execute(db)
  return rows.map(fromRow).reverse()
}

/** One of the user's own lines, or null. */
export async function findMessage(db: Executor, userId: string, id: string): Promise<SealedMessage | null> {
  const { rows } = await sql<MessageRow>`
    SELECT ${COLUMNS} FROM messages WHERE user_id = ${userId} AND id = ${id}
  `.execute(db)
  return rows[0] ? fromRow(rows[0]) : null
}

/**
 * What a prompt for the question at `questionSeq` may see, newest first: the conversation's lines without user
 * lines after the question (they are turns of their own) and without system lines. The question is among them however
 * much was said since it was asked.
 */
export async function readForPrompt(
  db: Executor,
  userId: string,
  conversationId: string,
  questionSeq: number,
  limit: number,
): Promise<SealedMessage[]> {
  const said = saidBefore(questionSeq)
  const { rows } = await sql<MessageRow>`
    (${newestOf(userId, conversationId, said, limit)})
    UNION ALL
    SELECT ${COLUMNS} FROM messages WHERE user_id = ${userId} AND seq = ${questionSeq}
    ORDER BY seq DESC
  `.execute(db)
  return rows.map(fromRow)
}

/**
 * What was said in a conversation after one of its lines, oldest first and without system lines. Without that line,
 * or when it is gone, the last `backMax` lines are what there is to read.
 */
export async function readFollowing(
  db: Executor,
  at: { userId: string; conversationId: string; afterId: string | null; backMax: number; limit: number },
): Promise<SealedMessage[]> {
  const { userId, conversationId } = at
  const { rows } = await sql<MessageRow>`
    SELECT * FROM (
      SELECT ${COLUMNS} FROM messages
      WHERE user_id = ${userId} AND ${among(conversationId, sql<boolean>`role <> 'system'`)}
        AND seq > coalesce((SELECT seq FROM messages WHERE user_id = ${userId} AND id = ${at.afterId}::uuid), 0)
      ORDER BY seq DESC ${atMost(at.backMax)}
    ) AS unread ORDER BY seq LIMIT ${at.limit}
  `.execute(db)
  return rows.map(fromRow)
}

/** The newest lines of a conversation before a place in the history, newest first; without one, of all of it. */
export async function readNewest(
  db: Executor,
  at: { userId: string; conversationId: string; beforeSeq: number | null; limit: number },
): Promise<SealedMessage[]> {
  const { userId, conversationId, limit } = at
  const between = at.beforeSeq === null ? {} : { beforeSeq: at.beforeSeq }
  const { rows } = await newestOf(userId, conversationId, sql<boolean>`role <> 'system'`, limit, between).execute(db)
  return rows.map(fromRow)
}

/** What the companion said, and the person before the question. */
export function saidBefore(questionSeq: number): RawBuilder<boolean> {
  return sql<boolean>`(role = 'assistant' OR (role = 'user' AND seq < ${questionSeq}))`
}

/**
 * The newest lines of a conversation that fit. One that was brought back is looked for on both sides of its gap: between
 * them lie only lines of others, perhaps thousands. The places between which it is looked are the walk's own bounds.
 */
export function newestOf(
  userId: string,
  conversationId: string,
  fits: RawBuilder<boolean>,
  limit: number,
  { afterSeq = 0, beforeSeq = Number.MAX_SAFE_INTEGER }: { afterSeq?: number; beforeSeq?: number } = {},
): RawBuilder<MessageRow> {
  const gap = gapOf(userId, conversationId)
  const side = (where: RawBuilder<unknown>) => sql`
    SELECT ${COLUMNS} FROM messages
    WHERE user_id = ${userId} AND seq > ${afterSeq} AND seq < ${beforeSeq} AND ${where}
      AND ${among(conversationId, fits)}
    ORDER BY seq DESC ${atMost(limit)}`
  return sql<MessageRow>`
    SELECT * FROM ((${side(sql`seq > ${gap('gap_to')}`)}) UNION ALL (${side(sql`seq <= ${gap('gap_from')}`)})) AS sides
    ORDER BY seq DESC LIMIT ${limit}`
}

/** Where a conversation that was brought back has only lines of others; 0 for one without such a place. */
export function gapOf(userId: string, conversationId: string) {
  return (column: 'gap_from' | 'gap_to') => sql<number>`coalesce((
    SELECT ${sql.ref(column)} FROM conversations
    WHERE user_id = ${userId} AND id = ${conversationId} AND gap_to IS NOT NULL), 0)`
}

/**
 * These two hide from the planner how many lines are wanted and how rare they are. Where it takes them for nearly all
 * that somebody has, it fetches the whole history and sorts it; not knowing, it walks down the index and stops. What it
 * believes is an average over everybody, and wrong for whoever has talked for years.
 */
function atMost(limit: number): RawBuilder<unknown> {
  return sql`LIMIT (SELECT ${limit}::integer)`
}

function among(conversationId: string, fits: RawBuilder<boolean>): RawBuilder<boolean> {
  return sql`CASE WHEN conversation_id = ${conversationId} THEN ${fits} ELSE false END`
}

/** Kept messages join the conversation that was chosen after them. */
export async function placeInConversation(
  tx: Executor,
  userId: string,
  messageId: string,
  conversationId: string,
): Promise<void> {
  await sql`
    UPDATE messages SET conversation_id = ${conversationId} WHERE user_id = ${userId} AND id = ${messageId}
  `.execute(tx)
  await forgetGaps(tx, [userId], conversationId)
}

export function fromRow(row: MessageRow): SealedMessage {
  return {
    id: row.id,
    userId: row.user_id,
    seq: row.seq,
    conversationId: row.conversation_id,
    turnId: row.turn_id,
    role: row.role,
    channel: row.channel,
    interface: row.interface,
    contentType: row.content_type,
    sealedText: row.sealed_text,
    createdAt: row.created_at,
  }
}
