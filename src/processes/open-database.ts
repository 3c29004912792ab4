import type pg from 'pg'
import { ACCEPT_CONNECTIONS } from '#domain/replies'
import type { Log } from '#platform/log'
import { awaitRecovery, createDatabase, type DatabaseHandle, holdExclusive, launchEmbedded } from '#platform/postgres'
import type { Config } from './config.ts'
import { migrateDatabase } from './migrate-database.ts'

const CONNECTIONS_MAX = 12
const LEASE_CONNECTIONS = 3
const CHECKOUT_CONNECTIONS = 2
/** Why a process must end at once; the name of a log event. */
export type OnLost = (event: 'process.no_longer_alone' | 'process.without_master_key') => void

/** How long a new process waits for the one before it to leave (contract: REDIS_URL). */
const ALONE_WAIT_MS = 15_000

export interface OpenDatabase {
  connectionString: string
  handle: DatabaseHandle
  /** The accept path's own connections, so that nothing else waits before a message. */
  acceptPool: pg.Pool
  /** For leases: what a crash of the server may forget. */
  hasty: DatabaseHandle
  /** For pre-checkouts, which must be answered within seconds whatever waits elsewhere. */
  checkout: DatabaseHandle
  close(): Promise<void>
}

/**
 * Brings up the database this process stands on: embedded or given, alone on it unless Redis connects several
 * processes, and with this version's schema.
 * @throws NotAloneError, DataDirBusyError, MigrationError with sentences for the operator
 */
export async function openDatabase(
  config: Config,
  log: Log,
  onLost: OnLost,
  applicationName: string,
): Promise<OpenDatabase> {
  const embedded = config.DATABASE_URL ? null : await launchEmbedded({ dataDir: config.DATA_DIR, log })
  const connectionString = config.DATABASE_URL ?? embedded?.connectionString ?? ''
  try {
    await awaitRecovery(connectionString, log)
    const reason =
      'Another Vitte process uses this database. Several processes need Redis between them: set REDIS_URL for all of them, or stop the other one.'
    const exclusive = config.REDIS_URL
      ? null
      : await holdExclusive(connectionString, 'vitte', {
          waitMs: ALONE_WAIT_MS,
          reason,
          onLost: () => onLost('process.no_longer_alone'),
          log,
        })
    await migrateDatabase(connectionString, log)
    const open = (maxConnections: number, name: string, hasty = false) =>
      createDatabase({ connectionString, maxConnections, log, applicationName: name, hasty })
    const handle = open(CONNECTIONS_MAX, applicationName)
    const accepting = open(ACCEPT_CONNECTIONS, 'vitte-accept')
    const hasty = open(LEASE_CONNECTIONS, 'vitte-leases', true)
    const checkout = open(CHECKOUT_CONNECTIONS, 'vitte-checkout')
    return {
      connectionString,
      handle,
      acceptPool: accepting.pool,
      hasty,
      checkout,
      async close() {
        await Promise.all([handle.close(), accepting.close(), hasty.close(), checkout.close()])
        await exclusive?.release()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
