import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import { findTurn } from './turn-store.ts'

/** An exchange that somebody reported, without its words. */
export interface Report {
  turnId: string
  userId: string
  conversationId: string | null
  askedAt: Date
  reportedAt: Date
}

/** Marks an exchange as bad or unsafe for the operator; false when the turn is not the user's own. Reporting twice is once. */
export async function reportReply(db: Executor, userId: string, turnId: string): Promise<boolean> {
  const turn = await findTurn(db, userId, turnId)
  if (!turn) return false
  await sql`
    INSERT INTO reply_reports (user_id, turn_id) VALUES (${userId}, ${turnId}) ON CONFLICT DO NOTHING
  `.execute(db)
  return true
}

/** Newest first; `before`: the turn of the last one seen. */
export async function listReports(
  db: Executor,
  { before, limit }: { before: string | null; limit: number },
): Promise<Report[]> {
  const { rows } = await sql<Report>`
    SELECT r.turn_id AS "turnId", r.user_id AS "userId", t.conversation_id AS "conversationId", t.queued_at AS "askedAt",
      r.reported_at AS "reportedAt"
    FROM reply_reports r JOIN turns t ON t.id = r.turn_id
    WHERE ${before}::uuid IS NULL
      OR (r.reported_at, r.turn_id) < (SELECT reported_at, turn_id FROM reply_reports WHERE turn_id = ${before}::uuid)
    ORDER BY r.reported_at DESC, r.turn_id DESC LIMIT ${limit}`.execute(db)
  return rows
}

/** Whose exchange this is, when it was reported; else null. */
export async function reporterOf(db: Executor, turnId: string): Promise<string | null> {
  const { rows } = await sql<{ user_id: string }>`
    SELECT user_id FROM reply_reports WHERE turn_id = ${turnId}`.execute(db)
  return rows[0]?.user_id ?? null
}

/** The question and the reply of an exchange, by id. */
export async function linesOfTurn(db: Executor, userId: string, turnId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT line.id FROM turns, unnest(ARRAY[message_id, reply_message_id]) WITH ORDINALITY AS line (id, place)
    WHERE turns.user_id = ${userId} AND turns.id = ${turnId} AND line.id IS NOT NULL ORDER BY place`.execute(db)
  return rows.map(({ id }) => id)
}

/** How many turns of a user are open, and how many exchanges they reported. */
export async function countTurns(db: Executor, userId: string): Promise<{ openTurns: number; reports: number }> {
  const { rows } = await sql<{ openTurns: number; reports: number }>`
    SELECT (SELECT count(*)::integer FROM turns WHERE user_id = ${userId} AND due_at IS NOT NULL) AS "openTurns",
      (SELECT count(*)::integer FROM reply_reports WHERE user_id = ${userId}) AS reports`.execute(db)
  return rows[0] ?? { openTurns: 0, reports: 0 }
}
