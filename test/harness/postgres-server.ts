import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedPostgres, launchEmbedded } from '#platform/postgres'
import { sharedPostgres } from './environment.ts'
import { silentLog } from './silent-log.ts'
import { buildTemplate } from './template.ts'

/** A test's data need not survive a power cut. */
export const FAST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  autovacuum_naptime: '5min',
}

let own: Promise<EmbeddedPostgres> | undefined

/** The server of this run with its template: shared by all test files, or one of our own when a file runs alone. */
export async function testServer(): Promise<string> {
  const shared = sharedPostgres()
  if (shared) return shared
  own ??= startServer()
  return (await own).connectionString
}

/** A server with the template, in a folder that goes away with `stop`. */
export async function startServer(settings: Record<string, string> = FAST_SETTINGS): Promise<EmbeddedPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vitte-test-pg-'))
  const server = await launchEmbedded({ dataDir, settings, log: silentLog })
  const stop = async () => {
    process.off('beforeExit', stop)
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  // The server keeps no process alive; it is stopped when the tests have nothing left to do.
  process.once('beforeExit', stop)
  try {
    await buildTemplate(server.connectionString)
  } catch (error) {
    await stop()
    throw error
  }
  return { connectionString: server.connectionString, stop }
}
