import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Log } from '#platform/log'
import { migrate } from '#platform/postgres'

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url))
const ACCEPT_SQL = new URL('../domain/replies/accept.sql', import.meta.url)
/** Its comment holds the checksum of the file that made the functions. */
const MARKED_FUNCTION = 'accept_messages'
const FUNCTIONS_LOCK_KEY = 7_205_119

/** Brings a database up to this version: the schema by its migrations, then the functions of accept.sql if they changed. Safe to repeat and to race. */
export async function migrateDatabase(connectionString: string, log: Log): Promise<void> {
  await migrate({ connectionString, folder: MIGRATIONS, log })
  const text = await readFile(ACCEPT_SQL, 'utf8')
  const checksum = createHash('sha256').update(text).digest('hex')
  const client = new pg.Client({ connectionString, application_name: 'migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [FUNCTIONS_LOCK_KEY])
    const { rows } = await client.query(
      "SELECT 1 FROM pg_proc WHERE proname = $1 AND obj_description(oid, 'pg_proc') = $2",
      [MARKED_FUNCTION, checksum],
    )
    if (rows.length === 0) {
      await client.query(text)
      await client.query(`COMMENT ON FUNCTION ${MARKED_FUNCTION} IS '${checksum}'`)
      log.info('postgres.functions_replaced')
    }
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}
