import { timingSafeEqual } from 'node:crypto'
import type { Executor } from '#platform/postgres'
import { claimFingerprint } from './installation-store.ts'
import type { Vault } from './vault.ts'

export class WrongMasterKeyError extends Error {
  override readonly name = 'WrongMasterKeyError'

  constructor() {
    super(
      'MASTER_KEY is not the key that this database was made with: start with the original key or with another database',
    )
  }
}

/**
 * Binds an unused database to this master key, or proves that it is bound to it already.
 * Throws WrongMasterKeyError when the database belongs to another key: nothing in it could be read.
 */
export async function checkInstallation(db: Executor, vault: Pick<Vault, 'fingerprint'>): Promise<void> {
  const claimed = await claimFingerprint(db, vault.fingerprint)
  const same = claimed.length === vault.fingerprint.length && timingSafeEqual(claimed, vault.fingerprint)
  if (!same) throw new WrongMasterKeyError()
}
