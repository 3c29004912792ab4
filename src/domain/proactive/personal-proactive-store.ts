import { sql } from 'kysely'
import { eraseInTurn, type PersonalDataPart, pagedFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'

const INITIATIVES_PER_PAGE = 1_000

interface Initiative {
  kind: string
  cause: string
  skipped: string | null
  at: Date
}

/** This room's part, but for reminders: plans to write first, and what was said or not. */
export const proactivePersonalData: PersonalDataPart = {
  room: 'proactive',
  tables: { engagements: 'erased', initiatives: 'erased' },
  files: [pagedFile('written-first', readInitiatives)],
  erase: (tx, userIds, most) =>
    eraseInTurn(most, [() => eraseEngagements(tx, userIds), (left) => eraseInitiatives(tx, userIds, left)]),
}

async function readInitiatives(db: Executor, userId: string, last: Initiative | null): Promise<Initiative[]> {
  const { rows } = await sql<Initiative>`
    SELECT kind, cause, skipped, at FROM initiatives
    WHERE user_id = ${userId} AND (kind, cause) > (${last?.kind ?? ''}, ${last?.cause ?? ''})
    ORDER BY kind, cause LIMIT ${INITIATIVES_PER_PAGE}
  `.execute(db)
  return rows
}

async function eraseEngagements(tx: Executor, userIds: readonly string[]): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM engagements WHERE user_id = ANY(${[...userIds]}::uuid[])
  `.execute(tx)
  return Number(numAffectedRows)
}

async function eraseInitiatives(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM initiatives WHERE (user_id, kind, cause) IN (
      SELECT user_id, kind, cause FROM initiatives WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}
