import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDatabase, type DatabaseHandle, launchEmbedded } from '#platform/postgres'
import { migrateDatabase } from '../../../src/processes/migrate-database.ts'
import { atEnd, type Scope } from '../../harness/scope.ts'
import { silentLog } from '../../harness/silent-log.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

/** Four processes with all their pools, and the backends of those just killed, which need a moment to notice. */
const MAX_CONNECTIONS = '300'
const HARNESS_CONNECTIONS = 3

export interface DurablePostgres extends DatabaseHandle {
  connectionString: string
  /** `pg_ctl stop -m immediate`: as after a power cut, it recovers from its journal when its launcher starts it again. */
  shutDownAtOnce(): Promise<void>
}

/** A PostgreSQL of one's own with the settings of production: what it has committed survives everything. */
export async function startDurablePostgres(scope: Scope): Promise<DurablePostgres> {
  const dataDir = await tempFolder(scope, 'vitte-endurance')
  const settings = { max_connections: MAX_CONNECTIONS }
  const { connectionString, stop } = await launchEmbedded({ dataDir, settings, log: silentLog })
  atEnd(scope, stop)
  await migrateDatabase(connectionString, silentLog)
  const handle = createDatabase({
    connectionString,
    maxConnections: HARNESS_CONNECTIONS,
    log: silentLog,
    applicationName: 'test-harness',
  })
  atEnd(scope, handle.close)
  return {
    ...handle,
    connectionString,
    async shutDownAtOnce() {
      const [pid = ''] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), 'SIGQUIT')
    },
  }
}
