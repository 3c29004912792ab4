export { awaitRecovery } from './await-recovery.ts'
export { type BinaryCopy, type CopyTarget, type CopyValue, startCopy } from './binary-copy.ts'
export { type BinaryRow, type BinaryRows, copyRows, microsOf, uuidBytes, uuidOf } from './binary-rows.ts'
export {
  createDatabase,
  type Database,
  type DatabaseHandle,
  type DatabaseOptions,
  type Executor,
} from './create-pool.ts'
export { DataDirBusyError } from './data-dir-lock.ts'
export { type FoundEmbedded, findEmbedded } from './find-embedded.ts'
export { type Exclusive, type ExclusiveOptions, holdExclusive, NotAloneError } from './hold-exclusive.ts'
export { inTransaction } from './in-transaction.ts'
export {
  ChangedMeanwhileError,
  isConflict,
  isLockTimeout,
  isUnavailable,
  RowLockedError,
} from './is-unavailable.ts'
export { type EmbeddedOptions, type EmbeddedPostgres, launchEmbedded } from './launch-embedded.ts'
export { type MigrateOptions, migrate } from './migrate.ts'
export { MigrationError } from './read-migrations.ts'
export { rewriteTables } from './rewrite-tables.ts'
export { sweep } from './sweep.ts'
