import type { Log } from '#platform/log'
import { createMetrics, type Metrics } from '#platform/metrics'
import { loadTexts, type Texts } from '#platform/texts'
import { checkInstallation, createVault, loadMasterKey, type Vault } from '#platform/vault'
import type { Config } from './config.ts'
import { type Courier, openCourier } from './open-courier.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'
import { LOCALES_FOLDER } from './places.ts'

/** What every part of the product stands on. */
export interface Ground {
  config: Config
  log: Log
  metrics: Metrics
  texts: Texts
  vault: Vault
  database: OpenDatabase
  courier: Courier
  close(): Promise<void>
}

/** Opens database, keys and couriers. Whatever fails closes what was opened before it. */
export async function layGround(config: Config, log: Log, onLost: () => void): Promise<Ground> {
  const texts = await loadTexts({ folder: LOCALES_FOLDER, log })
  const masterKey = await readMasterKey(config, log)
  const vault = createVault({ masterKey })
  const database = await openDatabase(config, log, onLost)
  try {
    await checkInstallation(database.handle.db, vault)
    const courier = await openCourier(config, vault, log)
    return {
      config,
      log,
      metrics: createMetrics(),
      texts,
      vault,
      database,
      courier,
      async close() {
        await courier.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function readMasterKey(config: Config, log: Log): Promise<Buffer> {
  const source = config.MASTER_KEY ? { base64: config.MASTER_KEY } : { generateIn: config.DATA_DIR }
  const { masterKey, generated } = await loadMasterKey(source)
  if (generated) log.warn('vault.master_key_generated', { folder: config.DATA_DIR })
  return masterKey
}
