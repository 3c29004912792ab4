import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase } from '#test/database'
import { type CopyValue, startCopy } from './index.ts'

const COLUMNS = { id: 'uuid', words: 'text', sealed: 'bytea', small: 'int4', big: 'int8', at: 'timestamptz' } as const
const ID = '01890000-0000-7000-8000-0000000000ff'

test('every type comes back as it went in, nulls too, and a value larger than what is sent at once', async (t) => {
  const { pool } = await testDatabase(t)
  const client = await pool.connect()
  t.after(() => client.release())
  await client.query(
    'CREATE TEMP TABLE things (id uuid, words text, sealed bytea, small int4, big int8, at timestamptz)',
  )
  const sealed = randomBytes(700_000)
  const rows: CopyValue[][] = [
    [ID, 'привет \\.\n\t😀', Buffer.from([0, 255]), -5, 2n ** 53n, 1_700_000_000_123_456n],
    [null, null, null, null, null, null],
    [ID, 'ы'.repeat(300_000), sealed, 2 ** 31 - 1, -1n, -62_135_596_800_000_000n],
    [ID, '', Buffer.alloc(0), 0, 0, 0],
  ]
  const copy = startCopy(client, { table: 'things', columns: COLUMNS })
  for (const row of rows) await copy.write(row)
  assert.equal(await copy.end(), rows.length)
  const { rows: back } = await client.query(
    `SELECT id, words, sealed, small, big::text AS big, (extract(epoch FROM at) * 1000000)::bigint::text AS at FROM things`,
  )
  assert.deepEqual(
    back.map(({ id, words, sealed, small, big, at }) => [
      id,
      words,
      sealed,
      small,
      big && BigInt(big),
      at && BigInt(at),
    ]),
    rows.map(([id, words, sealed, small, big, at]) => [id, words, sealed, small, whole(big), whole(at)]),
  )
})

test('what PostgreSQL refuses is told to whoever waits for the end, and the connection goes on', async (t) => {
  const { pool } = await testDatabase(t)
  const client = await pool.connect()
  t.after(() => client.release())
  await client.query('CREATE TEMP TABLE few (id uuid PRIMARY KEY)')
  const copy = startCopy(client, { table: 'few', columns: { id: 'uuid' } })
  await copy.write([ID])
  await copy.write([ID])
  await assert.rejects(copy.end(), /duplicate key/)
  assert.equal((await client.query('SELECT count(*)::int AS n FROM few')).rows[0].n, 0)
})

function whole(value: CopyValue | undefined): bigint | null {
  return value === null || value === undefined ? null : BigInt(value as number | bigint)
}
