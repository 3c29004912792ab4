import { OffersFileError } from '#domain/payments'
import { PersonaFileError } from '#domain/personas'
import { ModelConfigurationError } from '#platform/llm'
import { createLog, type Log } from '#platform/log'
import { DataDirBusyError, MigrationError, NotAloneError } from '#platform/postgres'
import { TextFileError } from '#platform/texts'
import { MasterKeyError, VaultError, WrongMasterKeyError } from '#platform/vault'
import { ConfigError, readConfig } from './config.ts'
import { returnMemory } from './return-memory.ts'
import { type Running, start } from './start.ts'
import { tellNewcomer } from './tell-newcomer.ts'

/** After this the process ends whatever is still open (contract: within 10 s of SIGTERM). */
const DRAIN_MAX_MS = 9_500

/** Errors whose messages we wrote ourselves, for the operator. */
const SPOKEN_ERRORS = [
  ConfigError,
  DataDirBusyError,
  MasterKeyError,
  MigrationError,
  ModelConfigurationError,
  NotAloneError,
  OffersFileError,
  PersonaFileError,
  TextFileError,
  VaultError,
  WrongMasterKeyError,
]

try {
  const config = readConfig()
  const log = createLog({ level: config.LOG_LEVEL, spokenErrors: SPOKEN_ERRORS })
  process.on('unhandledRejection', (error) => log.error('process.unhandled_rejection', { error }))
  process.on('uncaughtException', (error) => crash(log, error))
  const toldToLeave = hearSignals()
  const running = await start(config, log, (event) => {
    log.error(event)
    process.exit(1)
  })
  void toldToLeave.then(() => leave(running))
  await returnMemory()
  if (running.sandbox) tellNewcomer(running.url, running.sandbox)
  process.stdout.write(`ready ${running.url}\n`)
} catch (error) {
  refuse(error)
}

/** From the first moment on: a signal in the middle of the start, or a second one in the drain, would leave PostgreSQL behind. */
function hearSignals(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  })
}

/** Node's own last words would quote the error with all that it carries: the call to Telegram that failed, text and all. */
function crash(log: Log, error: unknown): never {
  log.error('process.crashed', { error })
  process.exit(1)
}

async function leave(running: Running): Promise<void> {
  setTimeout(() => process.exit(0), DRAIN_MAX_MS).unref()
  await running.stop()
  process.exit(0)
}

/** An operator's mistake is one sentence; anything else is a bug and shows where it happened. */
function refuse(error: unknown): never {
  const spoken = SPOKEN_ERRORS.some((known) => error instanceof known) || isTakenPort(error)
  const text = error instanceof Error ? (spoken ? error.message : (error.stack ?? error.message)) : String(error)
  process.stderr.write(`Vitte cannot start. ${text}\n`)
  process.exit(1)
}

function isTakenPort(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
