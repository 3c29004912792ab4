import { MappingError, ReportError, RunError, SourceError } from '#domain/legacy'
import { DataDirBusyError, isUnavailable, MigrationError, NotAloneError } from '#platform/postgres'
import { MasterKeyError, WrongMasterKeyError } from '#platform/vault'
import { ConfigError } from './config.ts'
import { ArgumentsError } from './import-arguments.ts'

/** Errors that are sentences for whoever runs the command. */
const SENTENCES = [
  ArgumentsError,
  ConfigError,
  MappingError,
  SourceError,
  RunError,
  ReportError,
  NotAloneError,
  DataDirBusyError,
  MigrationError,
  MasterKeyError,
  WrongMasterKeyError,
]

/** What PostgreSQL says of our own database (appendix A); whoever reads the old one says so by SourceError. */
const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing answers at DATABASE_URL',
  ENOTFOUND: 'there is no such host as DATABASE_URL names',
  EAI_AGAIN: 'there is no such host as DATABASE_URL names',
  '28P01': 'the name or the password of DATABASE_URL is wrong',
  '28000': 'the name of DATABASE_URL may not come in',
  '3D000': 'there is no such database as DATABASE_URL names',
  '42501': 'the name of DATABASE_URL may not do what is needed',
  '53100': 'its disk is full; make room, and give the same command again',
}

/** What went wrong, for the operator: a sentence, or the stack of what nobody has thought of. */
export function importSentence(error: unknown): string {
  if (SENTENCES.some((kind) => error instanceof kind)) return (error as Error).message
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  const reason = REASONS[code]
  if (reason) return `Vitte's database cannot be used: ${reason} (${code}).`
  if (!isUnavailable(error)) return error.stack ?? error.message
  return `Vitte's database was lost (${code || error.message}). The same command goes on where it was.`
}
