import pg from 'pg'
import { migrateDatabase } from '../../src/processes/migrate-database.ts'
import { silentLog } from './silent-log.ts'

export const TEMPLATE = 'vitte_template'

/** The same server, another database; with a host name, as `DATABASE_URL` must have one even before a socket's folder. */
export function databaseAt(connectionString: string, name: string): string {
  return connectionString.replace(/^(\w+:\/\/[^/]*@)\//, '$1localhost/').replace(/(^\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`)
}

/** One statement on a connection of its own: CREATE and DROP DATABASE take part in no transaction. */
export async function administer<Row extends object>(
  connectionString: string,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString, application_name: 'test-harness' })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(statement, values)).rows
  } finally {
    await client.end()
  }
}

/** Makes the database that tests clone: every migration applied, then closed to everybody. */
export async function buildTemplate(connectionString: string): Promise<void> {
  await administer(connectionString, `CREATE DATABASE ${TEMPLATE}`)
  await migrateDatabase(databaseAt(connectionString, TEMPLATE), silentLog)
  await administer(connectionString, `ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`)
}
