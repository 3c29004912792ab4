import { sql } from 'kysely'
import { eraseLines } from '#domain/conversations'
import { eraseInTurn, type PersonalDataPart, wholeFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/**
 * This room's part. A turn is found by the lines that it asked and answered, as nothing else leads from a user to all of
 * theirs: so the lines go here, with their turns.
 */
export const repliesPersonalData: PersonalDataPart = {
  room: 'replies',
  tables: { turns: 'erased', receipts: 'erased', reply_reports: 'erased', recaps: 'erased' },
  files: [wholeFile('reports', readReports)],
  erase: (tx, userIds, most) =>
    eraseInTurn(most, [
      (left) => eraseReceipts(tx, userIds, left),
      (left) => eraseReports(tx, userIds, left),
      (left) => eraseRecaps(tx, userIds, left),
      (left) => eraseLinesWithTurns(tx, userIds, left),
    ]),
}

async function readReports(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT turn_id AS "turnId", reason, reported_at AS "reportedAt" FROM reply_reports
    WHERE user_id = ${userId} ORDER BY reported_at
  `.execute(db)
  return rows
}

/** The line that a turn answers goes in one transaction with it; a turn whose reply went before it has none any more. */
async function eraseLinesWithTurns(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { lines, turnIds } = await eraseLines(tx, userIds, most)
  if (turnIds.length > 0) await sql`DELETE FROM turns WHERE id = ANY(${turnIds}::uuid[])`.execute(tx)
  return lines
}

async function eraseReceipts(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM receipts WHERE (user_id, source, key) IN (
      SELECT user_id, source, key FROM receipts WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}

async function eraseReports(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM reply_reports WHERE (user_id, turn_id) IN (
      SELECT user_id, turn_id FROM reply_reports WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}

async function eraseRecaps(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM recaps WHERE (user_id, conversation_id) IN (
      SELECT user_id, conversation_id FROM recaps WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}
