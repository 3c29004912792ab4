import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import pg from 'pg'
import { createLog } from '#platform/log'
import { createDatabase, type DatabaseHandle } from './create-pool.ts'
import { launchEmbedded } from './launch-embedded.ts'

const MAX_CONNECTIONS = 12
/** Nothing of a test's data has to outlive the machine. */
const FAST_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '60' }

export interface TestServer {
  connectionString: string
  database: DatabaseHandle
}

/** A server of its own for one test file, with a pool; both are gone when the file is done. */
export function startTestServer(): TestServer {
  const log = createLog({ level: 'silent' })
  const server = {} as TestServer
  let stop = async () => {}
  before(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'pg-test-'))
    const embedded = await launchEmbedded({ dataDir, log, settings: FAST_SETTINGS })
    server.connectionString = embedded.connectionString
    server.database = createDatabase({
      connectionString: embedded.connectionString,
      maxConnections: MAX_CONNECTIONS,
      log,
    })
    stop = async () => {
      await server.database.close()
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  })
  after(() => stop())
  return server
}

/** Ends every other session of the server, as an administrator would. */
export async function endSessions(connectionString: string, applicationName: string): Promise<number> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const ended = await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
    [applicationName],
  )
  await client.end()
  return ended.rowCount ?? 0
}

/** Looks again and again until something is so, at most for a time. */
export async function eventually(what: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadlineMs = performance.now() + withinMs
  while (!(await what())) {
    if (performance.now() > deadlineMs) throw new Error(`not so within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
