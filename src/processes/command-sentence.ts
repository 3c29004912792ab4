import { DataDirBusyError, NotAloneError } from '#platform/postgres'
import { MasterKeyError, VaultError, WrongMasterKeyError } from '#platform/vault'
import { ConfigError } from './config.ts'
import { KeyChangeError } from './rotate-keys.ts'

/** Errors that are sentences for whoever runs a command. */
const SENTENCES = [
  ConfigError,
  DataDirBusyError,
  KeyChangeError,
  MasterKeyError,
  NotAloneError,
  VaultError,
  WrongMasterKeyError,
]

/** What went wrong in a command, for the operator: a sentence, or the stack of what nobody has thought of. */
export function commandSentence(error: unknown): string {
  if (isOfAnotherVersion(error)) return 'This database has the schema of another version: start Vitte on it once.'
  if (SENTENCES.some((kind) => error instanceof kind)) return (error as Error).message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** PostgreSQL's undefined_table and undefined_column. */
function isOfAnotherVersion(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '42P01' || error.code === '42703')
}
