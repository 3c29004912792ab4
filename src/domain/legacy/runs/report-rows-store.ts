import pg from 'pg'
import type { Note } from '../rules/note.ts'

/** Rows at once. */
const FETCH_ROWS = 5_000

/**
 * Every row of the old house that a run did not take as it was, by table and key: some at a time, as there may be
 * millions. Holds a transaction of `client` until it has been read to its end or left.
 */
export async function* rowsOfRun(client: pg.ClientBase, runId: string): AsyncGenerator<Note> {
  await client.query('BEGIN TRANSACTION READ ONLY')
  try {
    await client.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0')
    await client.query(`DECLARE report_rows NO SCROLL CURSOR FOR
      SELECT source_table AS table, key, outcome, reason FROM legacy_rows
      WHERE run_id = ${pg.escapeLiteral(runId)} ORDER BY source_table, key, reason`)
    for (;;) {
      const { rows } = await client.query<Note>(`FETCH FORWARD ${FETCH_ROWS} FROM report_rows`)
      yield* rows
      if (rows.length < FETCH_ROWS) return
    }
  } finally {
    await client.query('ROLLBACK').catch(() => {})
  }
}
