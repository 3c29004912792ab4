import pg from 'pg'
import type { Log } from '#platform/log'
import { type Migration, MigrationError, readMigrations } from './read-migrations.ts'

/** Any number would do, as long as every process uses the same one and nothing else does. */
const MIGRATION_LOCK_KEY = 7_205_118
const LOCK_TIMEOUT_MS = 120_000

const CREATE_JOURNAL = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    version integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`

interface Applied {
  version: number
  name: string
  checksum: string
}

export interface MigrateOptions {
  connectionString: string
  /** The folder of `NNNN-name.sql` files. */
  folder: string
  log: Log
}

/**
 * Brings the schema up to the newest file: each file once, in order, in a transaction of its own together with its
 * line in `schema_migrations`. Processes that start together wait for each other.
 * @returns the names of the files applied now
 * @throws MigrationError when an applied file has changed, the database is newer than the files, or a file fails
 */
export async function migrate({ connectionString, folder, log }: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString, application_name: 'migrate', keepAlive: true })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`)
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY])
    await client.query('SET lock_timeout = DEFAULT')
    await client.query(CREATE_JOURNAL)
    const { rows } = await client.query<Applied>(
      'SELECT version, name, checksum FROM schema_migrations ORDER BY version',
    )
    const pending = pendingMigrations(migrations, rows)
    for (const migration of pending) {
      await apply(client, migration)
      log.info('postgres.migrated', { migration: migration.name })
    }
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

function pendingMigrations(migrations: Migration[], applied: Applied[]): Migration[] {
  const files = new Map(migrations.map((migration) => [migration.version, migration]))
  for (const { version, name, checksum } of applied) {
    const file = files.get(version)
    if (!file)
      throw new MigrationError(
        `the database has ${name}, which this version does not know: it is older than the database`,
      )
    if (file.checksum !== checksum) {
      throw new MigrationError(`${file.name} has changed since it was applied: put it back and write a new migration`)
    }
  }
  const newest = applied.at(-1)?.version ?? 0
  const known = new Set(applied.map(({ version }) => version))
  const pending = migrations.filter(({ version }) => !known.has(version))
  const late = pending.find(({ version }) => version < newest)
  if (late) throw new MigrationError(`${late.name} comes before one that is applied already: give it a higher number`)
  return pending
}

async function apply(client: pg.Client, { version, name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(sql)
    await client.query('INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)', [
      version,
      name,
      checksum,
    ])
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {})
    const { position, message } = cause as { position?: string; message: string }
    const line = position ? `:${sql.slice(0, Number(position)).split('\n').length}` : ''
    throw new MigrationError(`${name}${line}: ${message}`, { cause })
  }
}
