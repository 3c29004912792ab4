import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '#test/database'
import { rowsOfRun } from './report-rows-store.ts'

const RUN = '0199aaaa-0000-7000-8000-000000000001'
const OTHER = '0199aaaa-0000-7000-8000-000000000002'
/** More than are asked for at once. */
const ROWS = 5_001

const { pool } = await testDatabase()

test('every row of a run comes, and no other; the connection goes on afterwards', async (t) => {
  for (const run of [RUN, OTHER]) {
    await pool.query(
      "INSERT INTO legacy_runs (id, source, request_hash, expected, state) VALUES ($1, 'old', '', '{}', 'done')",
      [run],
    )
  }
  await pool.query(
    `INSERT INTO legacy_rows (run_id, source_table, key, outcome, reason)
     SELECT $1::uuid, 'chat_messages', i::text, 'rejected', 'orphan' FROM generate_series(1, $2::int) AS i
     UNION ALL SELECT $3::uuid, 'profiles', 'x', 'repaired', 'null_time'`,
    [RUN, ROWS, OTHER],
  )
  const client = await pool.connect()
  t.after(() => client.release())

  const keys = new Set<string>()
  for await (const { table, key, outcome, reason } of rowsOfRun(client, RUN)) {
    assert.deepEqual([table, outcome, reason], ['chat_messages', 'rejected', 'orphan'])
    keys.add(key)
  }
  assert.equal(keys.size, ROWS)

  for await (const { key } of rowsOfRun(client, RUN)) {
    assert.equal(key, '1')
    break
  }
  const others = await Array.fromAsync(rowsOfRun(client, OTHER))
  assert.deepEqual(others, [{ table: 'profiles', key: 'x', outcome: 'repaired', reason: 'null_time' }])
})
