import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/database'
import { compareContents, contentsOf } from '#test/legacy/contents'
import { layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { readTarget } from '#test/legacy/read-target'
import { runImport } from '#test/legacy/run-import'
import { wholeFile } from '#test/scope'

const PLAN = { seed: 20_261_131, users: 200, messages: 1_500 }

/** People enough for two chunks, in the order of their ids. */
const LARGE = { seed: 20_261_133, users: 3_600, messages: 4_500 }
const LAST_PEOPLE = 'f8000000-0000-0000-0000-000000000000'

/** Where the disk is full: in the midst of the lines, at the books, and when all is in and only that has to be written down. */
const MOMENTS = {
  messages: 'NEW.seq = 3',
  ledger_transfers: `NEW.type = 'cassandra'`,
  legacy_rows: 'true',
  legacy_runs: `NEW.state = 'done'`,
} as const

const from = await legacyDatabase()
await layLegacy(from, PLAN)
const untouched = await testDatabase()
const first = await runImport({ from, to: untouched.connectionString })
const expected = await contentsOf(await readTarget(wholeFile, untouched.connectionString))

for (const [table, when] of Object.entries(MOMENTS)) {
  test(`the disk is full at ${table}: it says so, and with room again the same command brings it all`, async (t) => {
    assert.equal(first.code, 0, first.said)
    const database = await testDatabase(t)
    const to = database.connectionString
    const makeRoom = await fillDisk(database, table, when)
    const full = await runImport({ from, to })
    assert.equal(full.code, 1, full.said)
    assert.match(full.said, /\b(disk|room|space)\b.*\.$/im)
    assert.doesNotMatch(full.said, /^\s+at /m)
    await makeRoom()
    const again = await runImport({ from, to })
    assert.equal(again.code, 0, again.said)
    assert.doesNotMatch(again.said, /^FAILS/m)
    await compareContents(await readTarget(t, to), expected)
  })
}

test('the disk is full behind the first chunk: who is brought later is who would have been brought at once', async (t) => {
  const large = await legacyDatabase(t)
  await layLegacy(large, LARGE)
  const [whole, database] = [await testDatabase(t), await testDatabase(t)]
  const atOnce = await runImport({ from: large, to: whole.connectionString })
  assert.equal(atOnce.code, 0, atOnce.said)
  const to = database.connectionString
  const makeRoom = await fillDisk(database, 'users', `NEW.id > '${LAST_PEOPLE}'`)
  const full = await runImport({ from: large, to })
  assert.equal(full.code, 1, full.said)
  const target = await readTarget(t, to)
  assert.ok((await target.inhabitants()).length > 0, 'the first chunk is in')
  await makeRoom()
  const again = await runImport({ from: large, to })
  assert.equal(again.code, 0, again.said)
  await compareContents(target, await contentsOf(await readTarget(t, whole.connectionString)))
})

/** PostgreSQL refuses these rows as it does when nothing can be written any more (its error 53100). */
async function fillDisk({ pool }: TestDatabase, table: string, when: string): Promise<() => Promise<void>> {
  await pool.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
    END $$;
    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION refuse()`)
  return async () => void (await pool.query('DROP FUNCTION refuse CASCADE'))
}
