import { readFile } from 'node:fs/promises'
import type pg from 'pg'

const CHECKS = new URL('audit-books.sql', import.meta.url)
const HEADING = /^-- check: (.+)$/m
/** Findings are read in pages: what is held in memory does not grow with the damage. */
const PAGE_ROWS = 500

/** A row that should not be as it is. */
export interface Finding {
  /** Which invariant it breaks, in words. */
  check: string
  table: string
  key: string
  says: string
}

/**
 * Looks at every row for what must hold (`audit-books.sql`), all checks at one moment of the database, and tells of each
 * row that breaks it. Reads only. Takes long on a large database and then one connection; `signal` ends it.
 * @returns how many rows were told of
 */
export async function auditBooks(
  pool: pg.Pool,
  tell: (finding: Finding) => void,
  signal?: AbortSignal,
): Promise<number> {
  const checks = readChecks(await readFile(CHECKS, 'utf8'))
  const client = await pool.connect()
  const stop = await cancellerOf(client, pool)
  signal?.addEventListener('abort', stop)
  try {
    signal?.throwIfAborted()
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query('SET LOCAL statement_timeout = 0')
    await client.query('SET LOCAL jit = off')
    // All of it is fetched: a plan for the first rows alone may look through everything once for each row.
    await client.query('SET LOCAL cursor_tuple_fraction = 1')
    let found = 0
    for (const check of checks) found += await findIn(client, check, tell)
    return found
  } finally {
    signal?.removeEventListener('abort', stop)
    await client.query('ROLLBACK').catch(() => {})
    client.release()
  }
}

/** Ends what this connection is asked, by another one: a question may take minutes. */
async function cancellerOf(client: pg.PoolClient, pool: pg.Pool): Promise<() => void> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return () => void pool.query('SELECT pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => {})
}

interface Check {
  name: string
  query: string
}

/** The questions of the file by name. */
export function readChecks(text: string): Check[] {
  const [, ...parts] = text.split(HEADING)
  return parts.flatMap((name, index) => (index % 2 === 0 ? [{ name, query: (parts[index + 1] ?? '').trim() }] : []))
}

async function findIn(
  client: pg.PoolClient,
  { name, query }: Check,
  tell: (finding: Finding) => void,
): Promise<number> {
  await client.query(`DECLARE findings NO SCROLL CURSOR FOR ${query}`)
  let found = 0
  for (;;) {
    const { rows } = await client.query<{ row_table: string; row_key: string; says: string }>(
      `FETCH ${PAGE_ROWS} FROM findings`,
    )
    for (const row of rows) tell({ check: name, table: row.row_table, key: row.row_key, says: row.says })
    found += rows.length
    if (rows.length < PAGE_ROWS) break
  }
  await client.query('CLOSE findings')
  return found
}
