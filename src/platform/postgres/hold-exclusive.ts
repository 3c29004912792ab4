import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '#platform/log'

const RETRY_MS = 500
const CONNECT_TIMEOUT_MS = 5_000
const KEEP_ALIVE_DELAY_MS = 10_000
const DEFAULT_WAIT_MS = 15_000
/** A holder says this often within the silence it is allowed that it is there. */
const BEATS_PER_SILENCE = 4
/** Whoever hears nothing back for this part of the silence leaves before the name is somebody else's. */
const ANSWER_WITHIN_SILENCE = 0.5

/** Another process holds the name. The sentence is for the operator. */
export class NotAloneError extends Error {
  override readonly name = 'NotAloneError'
}

export interface ExclusiveOptions {
  /** How long to wait for the former holder to leave, in milliseconds. */
  waitMs?: number
  /**
   * After this silence, in milliseconds, the server takes the name back: a frozen process would keep it for as long as
   * its machine answers for it. A holder that may be taken for silent gives up at once when its connection is lost:
   * somebody else may have the name already. Without it the name is kept through any pause, as a laptop's sleep is one.
   */
  silenceMaxMs?: number
  /** Said when somebody else holds the name: why there may be one only. */
  reason: string
  /** Somebody else took the name, or may have, while our connection was lost: what it allowed must stop. */
  onLost: () => void
  log: Log
}

export interface Exclusive {
  release(): Promise<void>
}

/**
 * Holds a name on a database for this process alone, by a session's advisory lock on a connection of its own. Without
 * `silenceMaxMs` a lost connection is made anew and the name taken again, within 15 seconds or not at all.
 * @throws NotAloneError when another process still holds it after `waitMs`
 */
export async function holdExclusive(
  connectionString: string,
  name: string,
  options: ExclusiveOptions,
): Promise<Exclusive> {
  const { waitMs = DEFAULT_WAIT_MS, silenceMaxMs = 0, reason, onLost, log } = options
  let released = false
  let client = await connect(connectionString, silenceMaxMs)
  try {
    if (!(await take(client, name, waitMs))) throw new NotAloneError(reason)
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  watch()
  return { release }

  function watch(): void {
    const heartbeat = startHeartbeat(client, silenceMaxMs)
    client.once('end', () => {
      clearInterval(heartbeat)
      if (released) return
      log.warn('postgres.exclusive_connection_lost')
      if (silenceMaxMs > 0) return onLost()
      retake().catch((error: unknown) => log.error('postgres.exclusive_failed', { error }))
    })
  }

  async function retake(): Promise<void> {
    while (!released) {
      const fresh = await connect(connectionString).catch(() => undefined)
      // Our own dead session may hold the name until the server notices, hence some patience; who waits for ever would
      // not learn that somebody else has it.
      const taken = await (fresh && take(fresh, name, Math.min(waitMs, DEFAULT_WAIT_MS)).catch(() => undefined))
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

async function connect(connectionString: string, silenceMaxMs = 0): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    application_name: 'exclusive',
    options: `-c idle_session_timeout=${silenceMaxMs}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: silenceMaxMs * ANSWER_WITHIN_SILENCE,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

function startHeartbeat(client: pg.Client, silenceMaxMs: number): NodeJS.Timeout | undefined {
  if (silenceMaxMs === 0) return undefined
  const beat = () => client.query('SELECT 1').catch(() => client.end())
  return setInterval(() => void beat().catch(() => {}), silenceMaxMs / BEATS_PER_SILENCE)
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
