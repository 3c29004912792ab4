import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import { findTurn } from './turn-store.ts'

/** Marks an exchange as bad or unsafe for the operator; false when the turn is not the user's own. Reporting twice is once. */
export async function reportReply(db: Executor, userId: string, turnId: string): Promise<boolean> {
  const turn = await findTurn(db, userId, turnId)
  if (!turn) return false
  await sql`
    INSERT INTO reply_reports (user_id, turn_id) VALUES (${userId}, ${turnId}) ON CONFLICT DO NOTHING
  `.execute(db)
  return true
}
