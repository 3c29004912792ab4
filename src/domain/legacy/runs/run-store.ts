import type pg from 'pg'
import { newId } from '#platform/ids'
import { startCopy } from '#platform/postgres'
import type { Note } from '../rules/note.ts'
import type { LineBounds } from '../source/statements.ts'
import { BEFORE_ALL_LINES } from '../source/statements.ts'
import type { Counts, Expected } from './counts.ts'

export interface Run {
  id: string
  state: 'running' | 'done' | 'rolled_back'
  source: string
  requestHash: Buffer
  reachedUser: string | null
  /** Those of new profiles are looked for each time it is taken up. */
  lines: Omit<LineBounds, 'newProfiles'>
  reachedAll: boolean
  expected: Expected
  /** What it had seen when it was last safe; null before the first time. */
  counts: Counts | null
  startedAt: Date
}

interface RunRow {
  id: string
  state: Run['state']
  source: string
  request_hash: Buffer
  reached_user: string | null
  after_line: string | null
  last_line: string | null
  open_lines: string[]
  open_before: string[] | null
  reached_all: boolean
  expected: Expected
  counts: Counts | Record<string, never>
  started_at: Date
}

type Client = Pick<pg.ClientBase, 'query'>

const COLUMNS = `id, state, source, request_hash, reached_user, after_line::text, last_line::text, open_lines::text[],
  open_before::text[], reached_all, expected, counts, started_at`

/** The last run in this state, of one source or of any. */
export async function findRun(
  client: Client,
  state: 'running' | 'done',
  source: string | null = null,
): Promise<Run | null> {
  const { rows } = await client.query<RunRow>(
    `SELECT ${COLUMNS} FROM legacy_runs WHERE state = $1 AND ($2::text IS NULL OR source = $2)
     ORDER BY started_at DESC LIMIT 1`,
    [state, source],
  )
  return rows[0] ? fromRow(rows[0]) : null
}

export async function readRun(client: Client, id: string): Promise<Run | null> {
  const { rows } = await client.query<RunRow>(`SELECT ${COLUMNS} FROM legacy_runs WHERE id = $1`, [id])
  return rows[0] ? fromRow(rows[0]) : null
}

export interface NewRun {
  source: string
  requestHash: Buffer
  lines: Omit<LineBounds, 'newProfiles'>
  expected: Expected
}

/** Every run of a source that is done, the first one first. */
export async function doneRuns(client: Client, source: string): Promise<Run[]> {
  const { rows } = await client.query<RunRow>(
    `SELECT ${COLUMNS} FROM legacy_runs WHERE state = 'done' AND source = $1 ORDER BY started_at`,
    [source],
  )
  return rows.map(fromRow)
}

/** Only one is under way at a time: PostgreSQL refuses a second one. */
export async function beginRun(client: Client, { source, requestHash, lines, expected }: NewRun): Promise<Run> {
  const { rows } = await client.query<RunRow>(
    `INSERT INTO legacy_runs (id, source, request_hash, after_line, open_before, last_line, open_lines, expected)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
    [newId(), source, requestHash, lines.after, [...lines.open], lines.last, [...lines.notYet], expected],
  )
  if (!rows[0]) throw new Error('a run that was begun did not come back')
  return fromRow(rows[0])
}

/** Everybody up to this user is in; in the transaction that brought them. `all`: nobody comes behind them. */
export async function reachUser(
  client: Client,
  runId: string,
  { userId, all }: { userId: string | null; all: boolean },
  counts: Counts,
): Promise<void> {
  await client.query(
    'UPDATE legacy_runs SET reached_user = coalesce($2, reached_user), reached_all = $3, counts = $4 WHERE id = $1',
    [runId, userId, all, JSON.stringify(counts)],
  )
}

/** It is taken up: what there was of credits when it began is not what it reads now. */
export async function forgetCredits(client: Client, runId: string): Promise<void> {
  await client.query(`UPDATE legacy_runs SET expected = expected || '{"credits": null}' WHERE id = $1`, [runId])
}

/** How many rows of each table were noted as left out. */
export async function countRejected(client: Client, runId: string): Promise<Map<string, number>> {
  const { rows } = await client.query<{ source_table: string; rows: number }>(
    `SELECT source_table, count(DISTINCT key)::integer AS rows FROM legacy_rows
     WHERE run_id = $1 AND outcome = 'rejected' GROUP BY source_table`,
    [runId],
  )
  return new Map(rows.map(({ source_table, rows: count }) => [source_table, count]))
}

export async function endRun(client: Client, runId: string, state: 'done' | 'rolled_back'): Promise<void> {
  await client.query('UPDATE legacy_runs SET state = $2, finished_at = clock_timestamp() WHERE id = $1', [runId, state])
}

export async function noteRows(client: pg.ClientBase, runId: string, notes: readonly Note[]): Promise<void> {
  const copy = startCopy(client, ROWS)
  for (const { table, key, outcome, reason } of notes) await copy.write([runId, table, key, outcome, reason])
  await copy.end()
}

const ROWS = {
  table: 'legacy_rows',
  columns: { run_id: 'uuid', source_table: 'text', key: 'text', outcome: 'text', reason: 'text' },
} as const

function fromRow(row: RunRow): Run {
  return {
    id: row.id,
    state: row.state,
    source: row.source,
    requestHash: row.request_hash,
    reachedUser: row.reached_user,
    lines: {
      after: row.after_line,
      open: row.open_before ?? [],
      last: row.last_line ?? BEFORE_ALL_LINES,
      notYet: row.open_lines,
    },
    reachedAll: row.reached_all,
    expected: row.expected,
    counts: 'tables' in row.counts ? (row.counts as Counts) : null,
    startedAt: row.started_at,
  }
}

/** A run that is done or under way and was begun after this one. */
export async function laterRun(client: Client, run: Run): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM legacy_runs WHERE state <> 'rolled_back' AND started_at > $1 AND id <> $2 ORDER BY started_at DESC LIMIT 1`,
    [run.startedAt, run.id],
  )
  return rows[0]?.id ?? null
}
