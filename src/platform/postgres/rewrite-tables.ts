import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { isLockTimeout } from './is-unavailable.ts'

/** A table up to this size is written anew, which nobody notices; a larger one would keep people waiting. */
const REWRITE_MAX_BYTES = 64 * 1_048_576
/** Whoever waits for a table holds up everybody behind: rather ask often, and each time briefly. */
const LOCK_TIMEOUT_MS = 250
const LOCK_TRIES_MAX = 20
const LOCK_PAUSE_MS = 250
const STATEMENT_TIMEOUT_MS = 600_000
/** Number of the advisory lock by which one at a time does this. */
const LOCK_KEY = 7_205_120
const NOT_ALLOWED = '42501'

/**
 * Writes these tables anew without what was deleted from them, then lets go of the write-ahead log of before: a
 * checkpoint and a new segment, where this role may. A table of more than REWRITE_MAX_BYTES is only vacuumed: its pages
 * are used again, and keep old bytes until then. `busy`: somebody else is at it, a table could not be had, or it was to stop.
 */
export async function rewriteTables(
  pool: Pick<pg.Pool, 'connect'>,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<'rewritten' | 'vacuumed' | 'busy'> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [LOCK_KEY])
    if (!rows[0]?.mine) return 'busy'
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}; SET statement_timeout = ${STATEMENT_TIMEOUT_MS}`)
    let whole = true
    for (const table of await withParts(client, tables)) {
      if (signal.aborted) return 'busy'
      const small = (await sizeOf(client, table)) <= REWRITE_MAX_BYTES
      whole &&= small
      if (!(await vacuum(client, table, small, signal))) return 'busy'
    }
    // The first closes the segment that has the old rows, the second lets go of it.
    await ifAllowed(client, 'SELECT pg_switch_wal()')
    await ifAllowed(client, 'CHECKPOINT')
    return whole ? 'rewritten' : 'vacuumed'
  } finally {
    // Its settings and its lock go with it.
    client.release(true)
  }
}

/** Of a table that is split into parts these: each is rewritten by itself, if it is small enough. */
async function withParts(client: pg.PoolClient, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT coalesce(part.relid::regclass::text, named.name) AS name
     FROM unnest($1::text[]) WITH ORDINALITY AS named (name, place)
       LEFT JOIN LATERAL pg_partition_tree(to_regclass(quote_ident(named.name))) AS part ON true
     WHERE part.isleaf IS NOT false ORDER BY place, part.relid`,
    [[...tables]],
  )
  return rows.map(({ name }) => name)
}

async function sizeOf(client: pg.PoolClient, table: string): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>('SELECT pg_total_relation_size(quote_ident($1)) AS bytes', [
    table,
  ])
  return rows[0]?.bytes ?? 0
}

/** False when the table could not be had in all that time. */
async function vacuum(client: pg.PoolClient, table: string, rewrites: boolean, signal: AbortSignal): Promise<boolean> {
  const statement = `VACUUM (${rewrites ? 'FULL' : 'ANALYZE'}) ${client.escapeIdentifier(table)}`
  for (let tries = 1; tries <= LOCK_TRIES_MAX && !signal.aborted; tries += 1) {
    try {
      await client.query(statement)
      return true
    } catch (error) {
      if (!isLockTimeout(error)) throw error
      await sleep(LOCK_PAUSE_MS)
    }
  }
  return false
}

async function ifAllowed(client: pg.PoolClient, statement: string): Promise<void> {
  try {
    await client.query(statement)
  } catch (error) {
    if ((error as { code?: unknown }).code !== NOT_ALLOWED) throw error
  }
}
