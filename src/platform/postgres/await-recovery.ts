import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '#platform/log'

/** cannot_connect_now: the server is there and still reads its journal (PostgreSQL appendix A). */
const STARTING_UP = '57P03'
const LOOK_EVERY_MS = 250
/** A crash recovery that takes longer is an operator's business. */
const WAIT_MAX_MS = 60_000

/** Waits while a PostgreSQL server recovers from a crash; whatever else is wrong with it shows at the first real query. */
export async function awaitRecovery(connectionString: string, log: Log): Promise<void> {
  const giveUpAtMs = performance.now() + WAIT_MAX_MS
  let told = false
  while ((await codeOfConnecting(connectionString)) === STARTING_UP && performance.now() < giveUpAtMs) {
    if (!told) log.warn('postgres.recovering')
    told = true
    await sleep(LOOK_EVERY_MS)
  }
}

async function codeOfConnecting(connectionString: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString, application_name: 'vitte' })
  client.on('error', () => {})
  try {
    await client.connect()
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : undefined
  } finally {
    await client.end().catch(() => {})
  }
}
