import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Log } from '#platform/log'
import type { DB } from './database.generated.ts'
import { nameStatements } from './name-statements.ts'
import { parsedTypes } from './parse-types.ts'

const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 15_000
/**
 * Locks are held for milliseconds; who waits for somebody who needs longer (a merge) gives the connection back in between.
 * Longer than PostgreSQL's deadlock_timeout (1 s), so that a circle is still told as one.
 */
const LOCK_TIMEOUT_MS = 1_500
/** A frozen process must not hold its row locks for longer than this (it wakes to a closed session). */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000
const IDLE_CONNECTION_MS = 60_000
const KEEP_ALIVE_DELAY_MS = 10_000
const PING_TIMEOUT_MS = 2_000

export type Database = DB
/** What a store function takes: the pool, or the transaction its caller is in. */
export type Executor = Kysely<Database> | Transaction<Database>

export interface DatabaseHandle {
  db: Kysely<Database>
  pool: pg.Pool
  /** True when a statement goes through within two seconds; never throws. For readiness. */
  ping(): Promise<boolean>
  /** Waits for running statements, then closes every connection. May be called twice. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  connectionString: string
  maxConnections: number
  log: Log
  /** What `pg_stat_activity` shows. */
  applicationName?: string
  /**
   * Commits do not wait for the disk: for writes whose loss in a crash of the server costs nothing, like leases. A
   * later commit that does wait makes everything before it durable too.
   */
  hasty?: boolean
}

/** Opens no connection yet: the first statement does. A lost connection is logged and replaced, never thrown. */
export function createDatabase({
  connectionString,
  maxConnections,
  log,
  applicationName,
  hasty = false,
}: DatabaseOptions): DatabaseHandle {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    types: parsedTypes,
    application_name: applicationName,
    options: hasty ? '-c synchronous_commit=off' : undefined,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
  })
  pool.on('error', (error) => log.warn('database.connection_lost', { error }))
  // The pool listens only while a connection is idle; without this one, losing a connection that is lent out and
  // between two statements would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: nameStatements(pool) }) })
  let closed: Promise<void> | undefined
  return {
    db,
    pool,
    ping: () => ping(pool),
    close() {
      closed ??= pool.end()
      return closed
    },
  }
}

async function ping(pool: pg.Pool): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(resolve, PING_TIMEOUT_MS, false)
  const answer = pool.query('SELECT 1').then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
