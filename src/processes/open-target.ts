import { type Catalogue, createCatalogue, loadPersonas, publishPersonas, readWithdrawn } from '#domain/personas'
import type { Log } from '#platform/log'
import {
  awaitRecovery,
  createDatabase,
  type DatabaseHandle,
  findEmbedded,
  holdExclusive,
  inTransaction,
  launchEmbedded,
} from '#platform/postgres'
import { openVault, type Vault } from '#platform/vault'
import type { Config } from './config.ts'
import { followKeyChange, keyedName, readKeys } from './follow-key-change.ts'
import { migrateDatabase } from './migrate-database.ts'
import { PERSONAS_FOLDER } from './places.ts'

/** One to write, one to look, one to prove. */
const CONNECTIONS_MAX = 4

/** The database that is written to by a command, with its key and its companions. */
export interface Target extends DatabaseHandle {
  vault: Vault
  catalogue: Catalogue
}

/**
 * Opens the database of this installation for one command of this kind at a time, brings it up to this version, and
 * proves that the key is its own. A Vitte that runs on it goes on.
 * @throws NotAloneError, MigrationError, WrongMasterKeyError with sentences for the operator
 */
export async function openTarget(config: Config, command: string, log: Log): Promise<Target> {
  const keys = await readKeys(config)
  const server = config.DATABASE_URL
    ? { connectionString: config.DATABASE_URL, stop: async () => {} }
    : await openFolder(config.DATA_DIR, log)
  const { connectionString } = server
  const closers = [() => server.stop()]
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one()
  }
  try {
    await awaitRecovery(connectionString, log)
    const reason = `Another ${command} is at work on this database.`
    const alone = await holdExclusive(connectionString, command, { waitMs: 0, reason, onLost: () => {}, log })
    closers.push(() => alone.release())
    await migrateDatabase(connectionString, log)
    const database = createDatabase({
      connectionString,
      maxConnections: CONNECTIONS_MAX,
      log,
      applicationName: keyedName(keys),
    })
    closers.push(() => database.close())
    const vault = await openVault(database.db, keys)
    const following = followKeyChange({ db: database.db, vault, keys, log, onLost: () => process.exit(1) })
    closers.push(() => following.stop())
    const files = await loadPersonas(PERSONAS_FOLDER)
    await inTransaction(database.db, (tx) => publishPersonas(tx, files))
    const catalogue = createCatalogue(files, await readWithdrawn(database.db))
    return { ...database, vault, catalogue, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The server that a running Vitte has on its folder, or one for as long as the command takes. */
async function openFolder(dataDir: string, log: Log) {
  const found = await findEmbedded(dataDir)
  if (found.state === 'running') return { ...found, stop: async () => {} }
  return launchEmbedded({ dataDir, log })
}
