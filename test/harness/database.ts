import { createDatabase, type DatabaseHandle } from '#platform/postgres'
import { testServer } from './postgres-server.ts'
import { atEnd, isTest, type Scope, wholeFile } from './scope.ts'
import { silentLog } from './silent-log.ts'
import { administer, databaseAt, TEMPLATE } from './template.ts'
import { waitFor } from './wait-for.ts'

const HARNESS_CONNECTIONS = 10
const HARNESS_NAME = 'test-harness'
const LEAK_DEADLINE_MS = 10_000

export interface TestDatabase extends DatabaseHandle {
  connectionString: string
}

let made = 0

/**
 * A database of one's own with every migration applied, dropped after the test. Sessions that others leave open on it
 * fail the test. Without a test context it lives as long as the test file.
 */
export async function testDatabase(scope: Scope = wholeFile): Promise<TestDatabase> {
  const server = await testServer()
  made += 1
  const name = `test_${process.pid}_${made}`
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY file_copy`)
  const connectionString = databaseAt(server, name)
  const handle = createDatabase({
    connectionString,
    maxConnections: HARNESS_CONNECTIONS,
    log: silentLog,
    applicationName: HARNESS_NAME,
  })
  atEnd(scope, async () => {
    await handle.close()
    const leaks = isTest(scope) ? await openSessions(server, name) : []
    await administer(server, `DROP DATABASE ${name} WITH (FORCE)`)
    if (leaks.length > 0) throw new Error(`sessions left open on the database: ${leaks.join('; ')}`)
  })
  return { ...handle, connectionString }
}

/** Who still has a session there when closing has had its time. */
async function openSessions(server: string, name: string): Promise<string[]> {
  const look = () =>
    administer<{ session: string }>(
      server,
      `SELECT application_name || ', ' || state || ', last: ' || left(query, 80) AS session
       FROM pg_stat_activity WHERE datname = $1`,
      [name],
    )
  try {
    await waitFor(async () => (await look()).length === 0, { deadlineMs: LEAK_DEADLINE_MS })
    return []
  } catch {
    return (await look()).map(({ session }) => session)
  }
}
