import type { Executor } from '#platform/postgres'
import { claimInstallation, type Installation } from './installation-store.ts'
import { isSame, type MasterKey, makeMasterKey } from './master-key.ts'
import { unwrapRoot } from './master-keys.ts'
import { createVault, type Vault } from './vault.ts'

export class WrongMasterKeyError extends Error {
  override readonly name = 'WrongMasterKeyError'
}

/** Why a start is refused, for the operator. */
const OTHER_KEY =
  'MASTER_KEY is not the key that this database was made with: start with the original key or with another database.'
const CHANGED_KEY =
  'MASTER_KEY is not the key of this database. It has been changed since the database was made: start with the one that followed.'
const NEXT_MISSING =
  'The master key of this database is being changed: give this process the new one as MASTER_KEY and the former one as MASTER_KEY_PREVIOUS.'
const FORMER_MISSING =
  'The change of the master key is not at its end: give this process the former one as MASTER_KEY_PREVIOUS, and end it with `npm run keys rotate`.'

/** The master keys that a process is started with. */
export interface GivenKeys {
  masterKey: Buffer
  /** The one before, while the key is changed. */
  previousKey?: Buffer | null
}

/**
 * Binds an unused database to this master key, or proves that it is bound to it already, and opens everything that is
 * made from it. While the key is changed both are needed.
 * @throws WrongMasterKeyError when something in the database could not be read with these keys
 */
export async function openVault(db: Executor, { masterKey, previousKey = null }: GivenKeys): Promise<Vault> {
  const given = [masterKey, ...(previousKey ? [previousKey] : [])]
  const held = given.map(makeMasterKey)
  const installation = await claimInstallation(db, makeMasterKey(masterKey).fingerprint)
  const { present, next } = choose(installation, held)
  const root = installation.wrappedRoot ? unwrapRoot(present, installation.wrappedRoot) : present.raw.export()
  const otherKeys = held.filter((key) => key !== present).map(({ raw }) => raw.export())
  const vault = createVault({ masterKey: present.raw.export(), otherKeys, root })
  if (next) vault.turnTo(next.fingerprint)
  return vault
}

function choose(
  { fingerprint, nextFingerprint, wrappedRoot }: Installation,
  held: readonly MasterKey[],
): { present: MasterKey; next: MasterKey | null } {
  const find = (wanted: Buffer) => held.find((key) => isSame(key.fingerprint, wanted)) ?? null
  const present = find(fingerprint)
  const next = nextFingerprint && find(nextFingerprint)
  if (!present && next) throw new WrongMasterKeyError(FORMER_MISSING)
  if (!present) throw new WrongMasterKeyError(wrappedRoot ? CHANGED_KEY : OTHER_KEY)
  if (nextFingerprint && !next) throw new WrongMasterKeyError(NEXT_MISSING)
  return { present, next }
}
