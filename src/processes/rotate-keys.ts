import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { countKeys, keysAreThrough, type RewrapCounts, rewrapKeys } from '#domain/identity'
import { type Database, inTransaction, isLockTimeout } from '#platform/postgres'
import {
  beginKeyChange,
  endKeyChange,
  fingerprintOf,
  type Installation,
  isSame,
  openVault,
  readInstallation,
  sessionsNamed,
  showFingerprint,
} from '#platform/vault'
import { finds, LOOK_EVERY_MS, SESSION_PREFIX } from './follow-key-change.ts'

/** By then every process that runs has seen that the key is being changed. */
const FOLLOWED_AFTER_MS = 3 * LOOK_EVERY_MS
/** Clocks and long transactions: keys that are older than this at the end were seen on the way. */
const LATE_MS = 600_000
/** A merge or an import may hold the table for a while. */
const END_TRIES_MAX = 40
const END_PAUSE_MS = 250

/** The key cannot be changed like this; the sentence is for the operator. */
export class KeyChangeError extends Error {
  override readonly name = 'KeyChangeError'
}

export interface ChangeKeys {
  masterKey: Buffer
  previousKey: Buffer | null
}

export interface Changed extends RewrapCounts {
  /** False when the installation had the new key before. */
  changed: boolean
}

/**
 * Puts everything under the new master key: says so in the installation, waits until every process that runs wraps with
 * it, goes through all data keys, and makes it the installation's. May be killed at any point and called again.
 * @throws KeyChangeError, WrongMasterKeyError with sentences for the operator; then nothing is lost
 */
export async function rotateKeys(
  db: Kysely<Database>,
  { masterKey, previousKey }: ChangeKeys,
  tell: (sentence: string) => void,
): Promise<Changed> {
  const next = fingerprintOf(masterKey)
  const installation = await requireInstallation(db)
  if (isSame(installation.fingerprint, next) && !previousKey)
    return { known: 0, former: 0, damaged: [], changed: false }
  if (!isSame(installation.fingerprint, next)) await announce(db, { masterKey, previousKey }, tell)
  const vault = await openVault(db, { masterKey, previousKey })
  const startedAt = Date.now()
  const first = await rewrapKeys(db, vault)
  if (isSame(installation.fingerprint, next)) return { ...first, changed: false }
  for (let tries = 1; tries <= END_TRIES_MAX; tries++) {
    const since = new Date(startedAt - LATE_MS)
    const ended = await inTransaction(db, async (tx) => {
      if (!(await keysAreThrough(tx, vault, since))) return false
      return endKeyChange(tx, next, vault.wrapRoot())
    }).catch((error: unknown) => {
      if (isLockTimeout(error)) return false
      throw error
    })
    if (ended) return { ...first, changed: true }
    await sleep(END_PAUSE_MS)
    await rewrapKeys(db, vault)
  }
  throw new KeyChangeError(
    'Processes go on adding keys under the former master key: stop them, and give the same command again.',
  )
}

/** Under which keys what lies. */
export async function keyStatus(db: Kysely<Database>, keys: ChangeKeys) {
  const installation = await requireInstallation(db)
  const vault = await openVault(db, keys)
  vault.turnTo(installation.nextFingerprint ?? installation.fingerprint)
  return { installation, ...(await countKeys(db, vault)) }
}

async function requireInstallation(db: Kysely<Database>): Promise<Installation> {
  const installation = await readInstallation(db)
  if (!installation) throw new KeyChangeError('Nothing has started on this database yet: there is no key to change.')
  return installation
}

async function announce(db: Kysely<Database>, keys: ChangeKeys, tell: (sentence: string) => void): Promise<void> {
  const next = fingerprintOf(keys.masterKey)
  if (!keys.previousKey) {
    throw new KeyChangeError(
      'MASTER_KEY is not the key of this database: to change to it, give the present one as MASTER_KEY_PREVIOUS.',
    )
  }
  // Refuses what does not open this database.
  await openVault(db, keys)
  const running = await sessionsNamed(db, SESSION_PREFIX)
  const without = running.filter((name) => !finds(name, next)).length
  if (without > 0) {
    throw new KeyChangeError(
      `A process runs on this database that does not have the new key ${showFingerprint(next)}: start all of them with MASTER_KEY and MASTER_KEY_PREVIOUS first.`,
    )
  }
  if (!(await beginKeyChange(db, fingerprintOf(keys.previousKey), next))) {
    throw new KeyChangeError('A change to another key is under way: end that one first.')
  }
  if (running.length === 0) return
  tell('Waiting until every process has seen it.')
  await sleep(FOLLOWED_AFTER_MS)
}
