export type { DataKey } from './data-key.ts'
export { isSealedBy } from './envelope.ts'
export {
  beginKeyChange,
  endKeyChange,
  type Installation,
  readInstallation,
  sessionsNamed,
} from './installation-store.ts'
export {
  MasterKeyError,
  makeNextKeyFile,
  readKeyFile,
  readNextKeyFile,
  settleKeyFiles,
  showFingerprint,
} from './key-files.ts'
export { type LoadedMasterKey, loadMasterKey } from './load-master-key.ts'
export { fingerprintOf, isSame } from './master-key.ts'
export { type GivenKeys, openVault, WrongMasterKeyError } from './open-vault.ts'
export { createVault, type Place, type Vault } from './vault.ts'
export { VaultError } from './vault-error.ts'
