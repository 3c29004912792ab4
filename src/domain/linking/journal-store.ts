import { sql } from 'kysely'
import type { Merge, PartJournal } from '#domain/identity'
import { type Executor, sweep } from '#platform/postgres'

/** A merge can be taken back for this long. */
const UNDO_DAYS = 7
/** For so long after that an operator can still see what a merge moved. */
const JOURNAL_KEPT_DAYS = 30
/** A history of a million lines takes a minute; nobody else waits for it but these two users. */
const MERGE_STATEMENT_TIMEOUT_MS = 300_000

/** How sure it was that both users were one person: see the table. */
export type MergeWay = 'link' | 'code' | 'logins'

/** A merge with what each room wrote down. */
export interface JournaledMerge extends Merge {
  way: MergeWay
  journal: Record<string, PartJournal>
  undoableUntil: Date
}

/** Lets the statements of this transaction take as long as a long history needs. */
export async function allowLongStatements(tx: Executor): Promise<void> {
  await sql`SELECT set_config('statement_timeout', ${String(MERGE_STATEMENT_TIMEOUT_MS)}, true)`.execute(tx)
}

export async function insertMerge(tx: Executor, merge: Omit<Merge, 'mergedAt'> & { way: MergeWay }): Promise<Merge> {
  const { rows } = await sql<{ merged_at: Date }>`
    INSERT INTO merges (id, survivor_id, absorbed_id, way)
    VALUES (${merge.id}, ${merge.survivorId}, ${merge.absorbedId}, ${merge.way})
    RETURNING merged_at
  `.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('a merge that was inserted did not come back')
  return { ...merge, mergedAt: row.merged_at }
}

export async function writeJournal(tx: Executor, id: string, journal: Record<string, PartJournal>): Promise<void> {
  await sql`UPDATE merges SET journal = ${JSON.stringify(journal)}::jsonb WHERE id = ${id}`.execute(tx)
}

/** The merge into this user that can still be taken back, or null. */
export async function findUndoable(db: Executor, survivorId: string): Promise<JournaledMerge | null> {
  const { rows } = await sql<{
    id: string
    survivor_id: string
    absorbed_id: string
    way: MergeWay
    journal: Record<string, PartJournal>
    merged_at: Date
    undoable_until: Date
  }>`
    SELECT id, survivor_id, absorbed_id, way, journal, merged_at,
      merged_at + make_interval(days => ${UNDO_DAYS}) AS undoable_until
    FROM merges WHERE survivor_id = ${survivorId} AND undone_at IS NULL AND closed_at IS NULL
      AND merged_at > now() - make_interval(days => ${UNDO_DAYS})
    ORDER BY merged_at DESC LIMIT 1
  `.execute(db)
  const row = rows[0]
  if (!row) return null
  return {
    id: row.id,
    survivorId: row.survivor_id,
    absorbedId: row.absorbed_id,
    way: row.way,
    journal: row.journal,
    mergedAt: row.merged_at,
    undoableUntil: row.undoable_until,
  }
}

export async function markUndone(tx: Executor, id: string): Promise<void> {
  await sql`UPDATE merges SET undone_at = clock_timestamp() WHERE id = ${id}`.execute(tx)
}

/** Another link, or the end of a user, ends the time in which earlier merges could be undone. */
export async function closeJournals(tx: Executor, userIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE merges SET closed_at = clock_timestamp() WHERE closed_at IS NULL AND undone_at IS NULL
      AND (survivor_id = ANY(${[...userIds]}::uuid[]) OR absorbed_id = ANY(${[...userIds]}::uuid[]))
  `.execute(tx)
}

/** Empties journals by which nothing can be undone any more. That two were joined stays known: tombstones stand for it. */
export async function forgetOldJournals(db: Executor): Promise<void> {
  await sweep(
    db,
    (limit) => sql`
      UPDATE merges SET journal = '{}' WHERE id = ANY(ARRAY(
        SELECT id FROM merges
        WHERE journal <> '{}' AND merged_at < now() - make_interval(days => ${UNDO_DAYS + JOURNAL_KEPT_DAYS})
        LIMIT ${limit}))`,
  )
}
