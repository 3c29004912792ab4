import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchEmbedded } from '#platform/postgres'
import { migrateDatabase } from '../src/processes/migrate-database.ts'
import { silentLog } from '../test/harness/silent-log.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** A migrated PostgreSQL with its default durability for one bench, gone after it and when the bench is interrupted. */
export async function withServer<T>(deed: (connectionString: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vitte-bench-'))
  const server = await launchEmbedded({ dataDir, log: silentLog })
  const leave = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const interrupted = () => void leave().finally(() => process.exit(1))
  for (const signal of SIGNALS) process.once(signal, interrupted)
  try {
    await migrateDatabase(server.connectionString, silentLog)
    return await deed(server.connectionString)
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupted)
    await leave()
  }
}
