import pg from 'pg'
import { type BinaryRows, copyRows } from '#platform/postgres'
import { SourceError } from './source-error.ts'

const CONNECT_TIMEOUT_MS = 10_000
/** Sorting millions of lines takes the old house long before the first one comes. */
const STATEMENT_TIMEOUT_MS = 0
const SORT_MEMORY = '64MB'
const KEEP_ALIVE_DELAY_MS = 10_000

/** All values as PostgreSQL writes them, null for null. */
export type SourceRow = readonly (string | null)[]

/** The old house as it was at one moment, whatever is written there meanwhile. Nothing is ever written to it. */
export interface Source {
  /** Host, port and database: no name, no password. */
  name: string
  query(statement: string, values?: unknown[]): Promise<SourceRow[]>
  /** The rows of a statement, some at a time and in its order: never all of them in memory. */
  cursor(statement: string): SourceCursor
  /** The same as PostgreSQL itself keeps them, for what there is most of; each on a connection of its own. */
  rows(statement: string): Promise<BinaryRows>
  close(): Promise<void>
}

export interface SourceCursor {
  /** The next rows, at most `limit`; none when it has ended. */
  next(limit: number): Promise<SourceRow[]>
}

/**
 * Connects to any PostgreSQL and holds on to one moment of it.
 * @throws SourceError with the reason in a sentence
 */
export async function openSource(url: string): Promise<Source> {
  const name = nameOf(url)
  const opened: pg.Client[] = []
  const told = (error: unknown) => new SourceError(sentence(name, error), { cause: error })
  const close = async () => {
    await Promise.allSettled(opened.splice(0).map((one) => one.end()))
  }
  try {
    const client = await open(opened, url)
    return { name, ...asking(client, told), rows, close }
  } catch (error) {
    await close()
    throw told(error)
  }

  async function rows(statement: string): Promise<BinaryRows> {
    try {
      const [first] = opened
      const { rows: moments } = (await first?.query('SELECT pg_export_snapshot() AS id')) ?? { rows: [] }
      const client = await open(opened, url, String(moments[0]?.id))
      return tellingRows(copyRows(client, statement), told)
    } catch (error) {
      throw told(error)
    }
  }
}

type Tell = (error: unknown) => SourceError

/** `moment`: a snapshot that another connection holds on to; without one this connection has its own. */
async function open(opened: pg.Client[], url: string, moment: string | null = null): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'vitte-import-legacy',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    // Each value stays the text that it came as: a number may be too large for one of ours.
    types: { getTypeParser: () => (value: string) => value },
  })
  client.on('error', () => {})
  opened.push(client)
  await client.connect()
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
  if (moment !== null) await client.query(`SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(moment)}`)
  await client.query(
    `SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}; SET LOCAL cursor_tuple_fraction = 1; SET LOCAL jit = off;
     SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL work_mem = '${SORT_MEMORY}';
     SET LOCAL timezone = 'UTC'; SET LOCAL row_security = off; SET LOCAL client_encoding = 'UTF8'`,
  )
  return client
}

/** One question after the other: a connection does one thing at a time. */
function asking(client: pg.Client, told: Tell): Pick<Source, 'query' | 'cursor'> {
  let last: Promise<unknown> = Promise.resolve()
  let cursors = 0
  return { query, cursor }

  function query(text: string, values: unknown[] = []): Promise<SourceRow[]> {
    const asked = last.then(async () => {
      const { rows } = await client.query<(string | null)[]>({ text, values, rowMode: 'array' })
      return rows
    })
    last = asked.catch(() => {})
    return asked.catch((error: unknown) => {
      throw told(error)
    })
  }

  function cursor(statement: string): SourceCursor {
    cursors += 1
    const cursorName = `cursor_${cursors}`
    const declared = query(`DECLARE ${cursorName} NO SCROLL CURSOR FOR ${statement}`)
    declared.catch(() => {})
    return {
      async next(limit) {
        await declared
        return query(`FETCH FORWARD ${limit} FROM ${cursorName}`)
      },
    }
  }
}

function tellingRows(rows: BinaryRows, told: Tell): BinaryRows {
  return {
    next() {
      const row = rows.next()
      if (!(row instanceof Promise)) return row
      return row.catch((error: unknown) => {
        throw told(error)
      })
    },
    close: rows.close,
  }
}

/** Where a PostgreSQL is, without who asks and with which password. */
export function nameOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? hostname
  return `${host || 'localhost'}:${port || '5432'}${pathname}`
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing answers at that address',
  ENOTFOUND: 'there is no such host',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'name or password is wrong',
  '28000': 'this name may not come in',
  '3D000': 'there is no such database',
  '42P01': 'a table is missing',
  '42501': 'this name may not read all of it (row security, too, hides rows from whoever has not BYPASSRLS)',
}

function sentence(name: string, error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  const reason = (code && REASONS[code]) || 'it did not answer as PostgreSQL does'
  return `The old database ${name} cannot be read: ${reason} (${code ?? message ?? 'no reason given'}).`
}
