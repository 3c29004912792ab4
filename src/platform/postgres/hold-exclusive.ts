import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '#platform/log'

const RETRY_MS = 500
const CONNECT_TIMEOUT_MS = 5_000
const KEEP_ALIVE_DELAY_MS = 10_000
const DEFAULT_WAIT_MS = 15_000

/** Another process holds the name. The sentence is for the operator. */
export class NotAloneError extends Error {
  override readonly name = 'NotAloneError'
}

export interface ExclusiveOptions {
  /** How long to wait for the former holder to leave, in milliseconds. */
  waitMs?: number
  /** Said when somebody else holds the name: why there may be one only. */
  reason: string
  /** Somebody else took the name while our connection was lost; this process must stop. */
  onLost: () => void
  log: Log
}

export interface Exclusive {
  release(): Promise<void>
}

/**
 * Holds a name on a database for this process alone, by a session's advisory lock on a connection of its own. A lost
 * connection is made anew and the name taken again.
 * @throws NotAloneError when another process still holds it after `waitMs`
 */
export async function holdExclusive(
  connectionString: string,
  name: string,
  options: ExclusiveOptions,
): Promise<Exclusive> {
  const { waitMs = DEFAULT_WAIT_MS, reason, onLost, log } = options
  let released = false
  let client = await connect(connectionString)
  if (!(await take(client, name, waitMs))) {
    await client.end()
    throw new NotAloneError(reason)
  }
  watch()
  return { release }

  function watch(): void {
    client.once('end', () => {
      if (released) return
      log.warn('postgres.exclusive_connection_lost')
      retake().catch((error: unknown) => log.error('postgres.exclusive_failed', { error }))
    })
  }

  async function retake(): Promise<void> {
    while (!released) {
      const fresh = await connect(connectionString).catch(() => undefined)
      // Our own dead session may hold the name until the server notices, hence the same patience as at the start.
      const taken = await (fresh && take(fresh, name, waitMs).catch(() => undefined))
      if (fresh && taken && !released) {
        client = fresh
        log.info('postgres.exclusive_retaken')
        return watch()
      }
      await fresh?.end().catch(() => {})
      if (taken === false && !released) return onLost()
      await sleep(RETRY_MS, undefined, { ref: false })
    }
  }

  async function release(): Promise<void> {
    released = true
    await client.end().catch(() => {})
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    application_name: 'exclusive',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

async function take(client: pg.Client, name: string, waitMs: number): Promise<boolean> {
  const deadlineMs = performance.now() + waitMs
  for (;;) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [name])
    if (rows[0]?.taken) return true
    if (performance.now() >= deadlineMs) return false
    await sleep(Math.min(RETRY_MS, waitMs))
  }
}
