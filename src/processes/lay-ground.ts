import { type LegalTexts, loadLegalTexts } from '#domain/identity'
import type { Log } from '#platform/log'
import { createMetrics, type Metrics } from '#platform/metrics'
import { loadTexts, type Texts } from '#platform/texts'
import { openVault, type Vault } from '#platform/vault'
import type { Config } from './config.ts'
import { followKeyChange, keyedName, type ProcessKeys, readKeys } from './follow-key-change.ts'
import { type Courier, openCourier } from './open-courier.ts'
import { type OnLost, type OpenDatabase, openDatabase } from './open-database.ts'
import { LEGAL_FOLDER, LOCALES_FOLDER } from './places.ts'

/** What every part of the product stands on. */
export interface Ground {
  config: Config
  log: Log
  metrics: Metrics
  texts: Texts
  legal: LegalTexts
  vault: Vault
  database: OpenDatabase
  courier: Courier
  close(): Promise<void>
}

/** Opens database, keys and couriers. Whatever fails closes what was opened before it. */
export async function layGround(config: Config, log: Log, onLost: OnLost): Promise<Ground> {
  const texts = await loadTexts({ folder: LOCALES_FOLDER, log })
  const legal = await loadLegalTexts(
    LEGAL_FOLDER,
    (locale) => config.OPERATOR_ADDRESS ?? texts.say(locale, 'legal-operator-unnamed'),
  )
  const keys = await readGroundKeys(config, log)
  const database = await openDatabase(config, log, onLost, keyedName(keys))
  try {
    const { db } = database.handle
    const vault = await openVault(db, keys)
    const metrics = createMetrics()
    const courier = await openCourier(config, vault, metrics, log)
    const following = followKeyChange({ db, vault, keys, log, onLost })
    return {
      config,
      log,
      metrics,
      texts,
      legal,
      vault,
      database,
      courier,
      async close() {
        await following.stop()
        await courier.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function readGroundKeys(config: Config, log: Log): Promise<ProcessKeys> {
  const keys = await readKeys(config)
  if (keys.generated) log.warn('vault.master_key_generated', { folder: config.DATA_DIR })
  return keys
}
