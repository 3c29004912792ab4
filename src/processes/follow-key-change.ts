import type { Log } from '#platform/log'
import { type Executor, findEmbedded } from '#platform/postgres'
import {
  fingerprintOf,
  type LoadedMasterKey,
  loadMasterKey,
  MasterKeyError,
  readInstallation,
  readKeyFile,
  showFingerprint,
  type Vault,
} from '#platform/vault'
import type { Config } from './config.ts'
import type { OnLost } from './open-database.ts'

/** `npm run keys rotate` waits for several of these before it takes the first row. */
export const LOOK_EVERY_MS = 500
/** What the sessions of processes with keys are called, followed by which ones they hold. */
export const SESSION_PREFIX = 'vitte keys:'
const FROM_FILE = 'file'

/** The master keys of a process and where they come from. */
export interface ProcessKeys extends LoadedMasterKey {
  /** The folder of the key's file; null when it was given by the environment. */
  keyFolder: string | null
}

/** @throws MasterKeyError */
export async function readKeys({ MASTER_KEY, MASTER_KEY_PREVIOUS, DATA_DIR }: Config): Promise<ProcessKeys> {
  if (MASTER_KEY === undefined) {
    await refuseBareDatabase(DATA_DIR)
    return { ...(await loadMasterKey({ generateIn: DATA_DIR })), keyFolder: DATA_DIR }
  }
  return {
    ...(await loadMasterKey({ base64: MASTER_KEY, previousBase64: MASTER_KEY_PREVIOUS })),
    keyFolder: null,
  }
}

/** A key that is made for a database that is there already opens nothing in it. */
async function refuseBareDatabase(folder: string): Promise<void> {
  if ((await readKeyFile(folder)) || (await findEmbedded(folder)).state === 'absent') return
  throw new MasterKeyError(
    `There is a database in ${folder} and no master.key beside it: put the key back that was there, or give it as MASTER_KEY.`,
  )
}

/** How a process's sessions tell which keys it has: whoever changes the key sees who would be left behind. */
export function keyedName({ masterKey, previousKey, keyFolder }: ProcessKeys): string {
  if (keyFolder !== null) return `${SESSION_PREFIX}${FROM_FILE}`
  const held = [masterKey, ...(previousKey ? [previousKey] : [])]
  return `${SESSION_PREFIX}${held.map((key) => showFingerprint(fingerprintOf(key))).join(',')}`
}

/** Whether a process whose sessions are called so will find this key: it has it, or reads it from the file. */
export function finds(sessionName: string, fingerprint: Buffer): boolean {
  const names = sessionName.slice(SESSION_PREFIX.length).split(',')
  return names.includes(FROM_FILE) || names.includes(showFingerprint(fingerprint))
}

interface Following {
  db: Executor
  vault: Pick<Vault, 'turnTo' | 'learn'>
  keys: ProcessKeys
  log: Log
  onLost: OnLost
}

/**
 * Looks twice a second whether the master key is being changed, and wraps with the new one from then on. A process that
 * does not have it ends: it could not open what others write.
 */
export function followKeyChange({ db, vault, keys, log, onLost }: Following): { stop(): Promise<void> } {
  let stopped = false
  let round: Promise<void> | undefined
  const timer = setInterval(() => {
    round ??= look()
      .catch(() => {})
      .finally(() => {
        round = undefined
      })
  }, LOOK_EVERY_MS)
  timer.unref()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await round
    },
  }

  async function look(): Promise<void> {
    // While the database is away there is nothing to follow, and others say so.
    const installation = await readInstallation(db)
    if (!installation || stopped) return
    const { fingerprint, nextFingerprint } = installation
    const wanted = nextFingerprint ?? fingerprint
    if (vault.turnTo(wanted)) return
    await learnFromFile()
    if (vault.turnTo(wanted)) return log.info('vault.master_key_followed')
    stopped = true
    onLost('process.without_master_key')
  }

  async function learnFromFile(): Promise<void> {
    if (keys.keyFolder === null) return
    const { masterKey } = await loadMasterKey({ generateIn: keys.keyFolder })
    vault.learn(masterKey)
  }
}
