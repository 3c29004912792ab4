import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/database'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { createDatabase } from './create-pool.ts'
import { inTransaction } from './in-transaction.ts'
import { isConflict, isUnavailable } from './is-unavailable.ts'

const database = await testDatabase()

/** Ends sessions as an administrator would. */
async function endSessions(applicationName: string): Promise<number | null> {
  const { rowCount } = await database.pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
    [applicationName],
  )
  return rowCount
}

test('a bigint is a number, an unsafe one an error, a date stays text', async () => {
  const { pool } = database
  const { rows } = await pool.query(
    `SELECT 9007199254740991::bigint AS big, ARRAY[1, NULL]::bigint[] AS many, '{}'::bigint[] AS none,
            '2026-02-03'::date AS day, now() AS at, 1.5::numeric AS exact`,
  )
  const { at, ...rest } = rows[0]
  assert.deepEqual(rest, { big: 9007199254740991, many: [1, null], none: [], day: '2026-02-03', exact: '1.5' })
  assert.ok(at instanceof Date)
  await assert.rejects(pool.query('SELECT 9007199254740993::bigint'), RangeError)
  assert.equal((await pool.query('SELECT 1 AS one')).rows[0].one, 1, 'the connection is still usable')
})

test('a transaction that meets a deadlock or a serialization failure runs again, at most three times', async () => {
  const { db } = database
  let runs = 0
  const counted = async (failures: number) =>
    inTransaction(db, async (tx) => {
      runs += 1
      if (runs <= failures) await sql`DO $$ BEGIN RAISE 'again' USING ERRCODE = '40001'; END $$`.execute(tx)
      return runs
    })
  assert.equal(await counted(3), 4)
  runs = 0
  await assert.rejects(counted(4), (error) => isConflict(error) && isUnavailable(error))
  assert.equal(runs, 4)
})

test('two transactions that lock each other out both succeed in the end', async () => {
  const { db, pool } = database
  await pool.query(
    'CREATE TABLE crossed (id int PRIMARY KEY, n int NOT NULL); INSERT INTO crossed VALUES (1, 0), (2, 0)',
  )
  const raise = (first: number, second: number) =>
    inTransaction(
      db,
      async (tx) => {
        await sql`UPDATE crossed SET n = n + 1 WHERE id = ${first}`.execute(tx)
        await sql`SELECT pg_sleep(0.05)`.execute(tx)
        await sql`UPDATE crossed SET n = n + 1 WHERE id = ${second}`.execute(tx)
      },
      { isolation: 'repeatable read' },
    )
  await Promise.all([raise(1, 2), raise(2, 1)])
  assert.deepEqual((await pool.query('SELECT n FROM crossed')).rows, [{ n: 2 }, { n: 2 }])
})

test('a transaction that waits for a lock runs again until it is free, and lends its only connection meanwhile', async (t) => {
  const { pool, connectionString } = database
  const own = createDatabase({ connectionString, maxConnections: 1, log, applicationName: 'waits' })
  t.after(() => own.close())
  await pool.query('CREATE TABLE wanted (id int PRIMARY KEY); INSERT INTO wanted VALUES (1)')
  const holder = await pool.connect()
  await holder.query('BEGIN; SELECT FROM wanted FOR UPDATE')
  let tries = 0
  const wait = inTransaction(own.db, async (tx) => {
    tries += 1
    await sql`SELECT FROM wanted FOR UPDATE`.execute(tx)
    return 'done'
  })
  await waitFor(() => tries === 1)
  assert.equal((await own.pool.query('SELECT 1 AS one')).rows[0].one, 1)
  await waitFor(() => tries > 1)
  await holder.query('COMMIT')
  holder.release()
  assert.equal(await wait, 'done')
})

test('another error is thrown at once and rolls back', async () => {
  const { db, pool } = database
  await pool.query('CREATE TABLE kept (id int PRIMARY KEY)')
  const attempt = inTransaction(db, async (tx) => {
    await sql`INSERT INTO kept VALUES (1)`.execute(tx)
    await sql`INSERT INTO kept VALUES (1)`.execute(tx)
  })
  await assert.rejects(attempt, (error) => !isUnavailable(error))
  assert.equal((await pool.query('SELECT FROM kept')).rowCount, 0)
})

test('a lost connection, idle or in the middle of a transaction, is an unavailable database and then a new one', async () => {
  const own = createDatabase({
    connectionString: database.connectionString,
    maxConnections: 2,
    log,
    applicationName: 'lost',
  })
  await own.pool.query('SELECT 1')
  assert.equal(await endSessions('lost'), 1)
  const attempt = inTransaction(own.db, async (tx) => {
    await sql`SELECT 1`.execute(tx)
    await endSessions('lost')
    await sql`SELECT 1`.execute(tx)
  })
  await assert.rejects(attempt, (error) => isUnavailable(error))
  await waitFor(() => own.ping())
  await own.close()
})

test('a database that is not there is unavailable, never a crash', async () => {
  const connectionString = 'postgresql://nobody@/nothing?host=%2Ftmp%2Fno-such-socket'
  const absent = createDatabase({ connectionString, maxConnections: 1, log })
  assert.equal(await absent.ping(), false)
  await assert.rejects(absent.pool.query('SELECT 1'), (error) => isUnavailable(error))
  await absent.close()
  const refused = createDatabase({ connectionString: 'postgresql://x@localhost:1/x', maxConnections: 1, log })
  await assert.rejects(refused.pool.query('SELECT 1'), (error) => isUnavailable(error))
  await refused.close()
})

test('a missing file is not a missing database', async () => {
  const missing = await import('node:fs/promises').then((fs) => fs.readFile('/no/such/file').catch((error) => error))
  assert.equal(isUnavailable(missing), false)
  assert.equal(isUnavailable(new Error('anything')), false)
  assert.equal(isUnavailable('text'), false)
})
