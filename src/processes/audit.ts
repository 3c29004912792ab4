import { createLog, type Log } from '#platform/log'
import { createDatabase, DataDirBusyError, findEmbedded, launchEmbedded } from '#platform/postgres'
import { auditBooks, type Finding } from './audit-books.ts'
import { ConfigError, readConfig } from './config.ts'

/** `npm run audit`: ends with 0 for a sound database, with 1 when there are findings or it could not look. Changes nothing. */
async function main(): Promise<void> {
  const { DATABASE_URL, DATA_DIR } = readConfig()
  const log = createLog({ level: 'silent' })
  const server = DATABASE_URL
    ? { connectionString: DATABASE_URL, stop: async () => {} }
    : await openFolder(DATA_DIR, log)
  const { connectionString } = server
  const { pool, close } = createDatabase({ connectionString, maxConnections: 1, log, applicationName: 'vitte-audit' })
  try {
    const found = await auditBooks(pool, print)
    console.log(found === 0 ? 'sound' : `${found} findings`)
    if (found > 0) process.exitCode = 1
  } finally {
    await close()
    await server.stop()
  }
}

/** The server that a running Vitte has on its folder, or one for as long as this looks. */
async function openFolder(dataDir: string, log: Log) {
  const found = await findEmbedded(dataDir)
  if (found.state === 'absent') throw new ConfigError(`DATA_DIR: there is no database in ${dataDir}`)
  return found.state === 'running' ? { ...found, stop: async () => {} } : launchEmbedded({ dataDir, log })
}

function print({ check, table, key, says }: Finding): void {
  console.log(`${table} ${key} ${says} (${check})`)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`The books could not be looked at. ${sentenceOf(error)}\n`)
  process.exitCode = 1
}

function sentenceOf(error: unknown): string {
  if (isOfAnotherVersion(error)) return 'This database has the schema of another version: start Vitte on it once.'
  if (error instanceof ConfigError || error instanceof DataDirBusyError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** PostgreSQL's undefined_table and undefined_column. */
function isOfAnotherVersion(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '42P01' || error.code === '42703')
}
