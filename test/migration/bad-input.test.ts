import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/database'
import { freePort } from '#test/free-port'
import { guardedServer } from '#test/legacy/guarded-server'
import { layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { readTarget } from '#test/legacy/read-target'
import { type Ended, type Import, runImport } from '#test/legacy/run-import'
import { atEnd } from '#test/scope'
import { tempFolder } from '#test/temp-folder'
import { administer } from '#test/template'

const PLAN = { seed: 20_261_126, users: 150, messages: 900 }
const PASSWORD = 'geheim-4711'
const OTHER_KEY = Buffer.alloc(32, 9).toString('base64')
/** What a command leaves behind that had no time to bring anybody. */
const PREPARED = ['installation', 'legacy_runs', 'persona_versions', 'personas']

const from = await legacyDatabase()
const truth = await layLegacy(from, PLAN)

test('an old house where nothing answers', async (t) => {
  await refused(t, { from: `postgresql://reader:${PASSWORD}@127.0.0.1:${await freePort()}/old` }, /nothing answers/)
})

test('an old house of no known host', async (t) => {
  await refused(t, { from: `postgresql://reader:${PASSWORD}@nowhere.invalid/old` }, /nowhere\.invalid.* cannot be read/)
})

test('an old house that speaks something else', async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
  })
  const port = await freePort()
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  atEnd(t, () => server.close())
  await refused(t, { from: `postgresql://reader:${PASSWORD}@127.0.0.1:${port}/old` }, /cannot be read/)
})

test('a database of the old house that is not there', async (t) => {
  const missing = from.replace(/\/legacy_\w+/, '/never_made')
  assert.notEqual(missing, from)
  await refused(t, { from: missing }, /there is no such database/)
})

test('a wrong password of the old house', async (t) => {
  const addressWith = await guardedServer(t, PASSWORD)
  const wrong = 'falsch-0815'
  const { said } = await refused(t, { from: addressWith(wrong) }, /name or password is wrong/)
  assert.ok(!said.includes(wrong))
})

test('an old house without one of the tables', async (t) => {
  const bare = await legacyDatabase(t)
  await layLegacy(bare, PLAN)
  await administer(bare, 'ALTER TABLE user_credits RENAME TO wallets')
  await refused(t, { from: bare }, /user_credits/)
})

test('a mapping with a key that does not exist', async (t) => {
  const path = await mappingFile(t, 'roles:\n  user: [client]\npersonnas:\n  a: arina\n')
  const { said } = await refused(t, { from, args: ['--mapping', path] }, /personnas/)
  assert.match(said, /:3\b/, 'the line is named')
})

test('a mapping that is no YAML', async (t) => {
  const path = await mappingFile(t, 'tables: [\n')
  await refused(t, { from, args: ['--mapping', path] }, /mapping\.yaml/)
})

test('a mapping to a companion that is not here', async (t) => {
  const path = await mappingFile(t, 'personas:\n  "Снежана": snezhana\n')
  await refused(t, { from, args: ['--mapping', path] }, /snezhana/)
})

test('a mapping file that is not there', async (t) => {
  await refused(t, { from, args: ['--mapping', '/nowhere/mapping.yaml'] }, /\/nowhere\/mapping\.yaml/)
})

test('a report in a folder that is not there is told before anything is brought', async (t) => {
  await refused(t, { from, args: ['--report', '/nowhere/report.json'] }, /\/nowhere/)
})

test('a new house where nothing answers', async () => {
  const to = `postgresql://vitte:${PASSWORD}@127.0.0.1:${await freePort()}/vitte`
  const ended = await runImport({ from, to })
  sentence(ended, /127\.0\.0\.1|DATABASE_URL/)
})

test('another MASTER_KEY than last time', async (t) => {
  const database = await testDatabase(t)
  const first = await runImport({ from, to: database.connectionString })
  assert.equal(first.code, 0, first.said)
  await refused(t, { from, env: { MASTER_KEY: OTHER_KEY } }, /MASTER_KEY/, database)
  const again = await runImport({ from, to: database.connectionString })
  assert.equal(again.code, 0, again.said)
})

test('no MASTER_KEY that is one', async (t) => {
  const { said } = await refused(t, { from, env: { MASTER_KEY: `${PASSWORD}=` } }, /MASTER_KEY/)
  assert.ok(!said.includes(PASSWORD))
})

test('told to stop at the first row that is left out, it names it; told to keep, it goes on', async (t) => {
  const database = await testDatabase(t)
  const { said } = await refused(t, { from, args: ['--on-reject', 'stop'] }, /would be left out/, database)
  const [, table, key] = /(profiles|chat_messages|user_credits) (\S+) would be left out/.exec(said) ?? []
  const known = truth.outcomes.some(
    (row) => row.table === table && row.key === key && row.outcome === 'rejected' && said.includes(row.reason),
  )
  assert.ok(known, said)
  const kept = await runImport({ from, to: database.connectionString })
  assert.equal(kept.code, 0, kept.said)
  const people = await (await readTarget(t, database.connectionString)).inhabitants()
  assert.equal(people.length, truth.users)
})

test('what has come since the last run, where there was none', async (t) => {
  await refused(t, { from, args: ['--since-last'] }, /no finished run/)
})

test('a run that is not finished, asked for with another mapping', async (t) => {
  const database = await testDatabase(t)
  await refused(t, { from, args: ['--on-reject', 'stop'] }, /would be left out/, database)
  const path = await mappingFile(t, 'telegram_reachability: never_started\n')
  const { said } = await refused(t, { from, args: ['--mapping', path] }, /is not finished/, database)
  const [, run = ''] = /--rollback (\S+?)\.?$/m.exec(said) ?? []
  const back = await runImport({ to: database.connectionString, args: ['--rollback', run] })
  assert.equal(back.code, 0, back.said)
  const other = await runImport({ from, to: database.connectionString, args: ['--mapping', path] })
  assert.equal(other.code, 0, other.said)
})

/** It ends with 1 and one sentence, and the new house is as it was. */
async function refused(
  t: TestContext,
  asked: Omit<Import, 'to'>,
  pattern: RegExp,
  given?: TestDatabase,
): Promise<Ended> {
  const database = given ?? (await testDatabase(t))
  const target = await readTarget(t, database.connectionString)
  const before = await target.fingerprint(...PREPARED)
  const ended = await runImport({ ...asked, to: database.connectionString })
  sentence(ended, pattern)
  assert.deepEqual(await target.fingerprint(...PREPARED), before)
  return ended
}

function sentence({ code, said }: Ended, pattern: RegExp): void {
  assert.equal(code, 1, said)
  assert.match(said, pattern)
  assert.doesNotMatch(said, /^\s+at /m)
  assert.doesNotMatch(said, /\bError\b/)
  assert.ok(!said.includes(PASSWORD), 'the password is not told')
}

async function mappingFile(t: TestContext, text: string): Promise<string> {
  const path = join(await tempFolder(t), 'mapping.yaml')
  await writeFile(path, text)
  return path
}
