import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Log } from '#platform/log'
import { migrate } from '#platform/postgres'

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url))
/** Files that make functions; the comment of one of each holds the checksum of the file that made it. */
const FUNCTION_FILES = [
  { file: new URL('../domain/delivery/deliveries.sql', import.meta.url), marked: 'settle_attempts' },
  { file: new URL('../domain/replies/accept.sql', import.meta.url), marked: 'accept_messages' },
  { file: new URL('../domain/proactive/proactive.sql', import.meta.url), marked: 'manners_of' },
  { file: new URL('../domain/legacy/runs/proof.sql', import.meta.url), marked: 'proof_lines' },
]
const FUNCTIONS_LOCK_KEY = 7_205_119

/** Brings a database up to this version: the schema by its migrations, then the functions whose files changed. Safe to repeat and to race. */
export async function migrateDatabase(connectionString: string, log: Log): Promise<void> {
  await migrate({ connectionString, folder: MIGRATIONS, log })
  const client = new pg.Client({ connectionString, application_name: 'migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [FUNCTIONS_LOCK_KEY])
    for (const { file, marked } of FUNCTION_FILES) {
      if (await replaceFunctions(client, await readFile(file, 'utf8'), marked)) log.info('postgres.functions_replaced')
    }
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

async function replaceFunctions(client: pg.Client, text: string, marked: string): Promise<boolean> {
  const checksum = createHash('sha256').update(text).digest('hex')
  const { rows } = await client.query(
    "SELECT 1 FROM pg_proc WHERE proname = $1 AND obj_description(oid, 'pg_proc') = $2",
    [marked, checksum],
  )
  if (rows.length > 0) return false
  await client.query(text)
  await client.query(`COMMENT ON FUNCTION ${marked} IS '${checksum}'`)
  return true
}
