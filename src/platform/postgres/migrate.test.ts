import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createLog } from '#platform/log'
import { migrate } from './migrate.ts'
import { MigrationError } from './read-migrations.ts'
import { startTestServer } from './start-test-server.ts'

const log = createLog({ level: 'silent' })
const server = startTestServer()

async function scene(t: { name: string; after(done: () => Promise<void>): void }, files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  t.after(() => rm(folder, { recursive: true }))
  const name = `m${Math.random().toString(36).slice(2)}`
  await server.database.pool.query(`CREATE DATABASE ${name}`)
  const write = async (more: Record<string, string>) => {
    for (const [file, text] of Object.entries(more)) await writeFile(join(folder, file), text)
  }
  await write(files)
  const connectionString = server.connectionString.replace('/postgres?', `/${name}?`)
  return { folder, write, run: () => migrate({ connectionString, folder, log }) }
}

const FIRST = { '0001-people.sql': 'CREATE TABLE people (id int);\nCREATE TABLE pets (id int);\n' }

test('each file runs once, in order, and only new ones the next time', async (t) => {
  const { run, write } = await scene(t, { ...FIRST, '0002-age.sql': 'ALTER TABLE people ADD age int' })
  assert.deepEqual(await run(), ['0001-people.sql', '0002-age.sql'])
  assert.deepEqual(await run(), [])
  await write({ '0003-more.sql': 'DROP TABLE pets' })
  assert.deepEqual(await run(), ['0003-more.sql'])
})

test('processes that start together apply each file once', async (t) => {
  const { run } = await scene(t, FIRST)
  const applied = await Promise.all([run(), run(), run(), run()])
  assert.deepEqual(applied.flat(), ['0001-people.sql'])
})

test('a file that fails leaves nothing behind and names its line', async (t) => {
  const { run, write } = await scene(t, {
    ...FIRST,
    '0002-bad.sql': 'CREATE TABLE half (id int);\n\nCREATE TABEL x ();',
  })
  await assert.rejects(run(), { name: 'MigrationError', message: /0002-bad\.sql:3: syntax error/ })
  await write({ '0002-bad.sql': 'CREATE TABLE half (id int);' })
  assert.deepEqual(await run(), ['0002-bad.sql'])
})

test('a changed file, turned line ends aside, and a database that is newer are refused', async (t) => {
  const { run, write, folder } = await scene(t, { ...FIRST, '0002-age.sql': 'ALTER TABLE people ADD age int' })
  await run()
  await write({ '0001-people.sql': FIRST['0001-people.sql'].replaceAll('\n', '\r\n') })
  assert.deepEqual(await run(), [])
  await write({ '0001-people.sql': 'CREATE TABLE people (id bigint)' })
  await assert.rejects(run(), /0001-people\.sql has changed/)
  await write(FIRST)
  await rm(join(folder, '0002-age.sql'))
  await assert.rejects(run(), /older than the database/)
})

test('a file that comes too late, has a taken number or a strange name is refused', async (t) => {
  const { run, write, folder } = await scene(t, { '0002-b.sql': 'SELECT 1' })
  await run()
  await write({ '0001-a.sql': 'SELECT 1' })
  await assert.rejects(run(), /higher number/)
  await rm(join(folder, '0001-a.sql'))
  await write({ '0002-c.sql': 'SELECT 1' })
  await assert.rejects(run(), /same number/)
  await rm(join(folder, '0002-c.sql'))
  await write({ 'later.sql': 'SELECT 1' })
  await assert.rejects(run(), MigrationError)
})

test('the migrations of this repository apply to an empty database', async (t) => {
  const { run } = await scene(t, {})
  assert.deepEqual(await run(), [])
  const name = `real${Date.now()}`
  await server.database.pool.query(`CREATE DATABASE ${name}`)
  const connectionString = server.connectionString.replace('/postgres?', `/${name}?`)
  const folder = join(import.meta.dirname, '../../../migrations')
  assert.ok((await migrate({ connectionString, folder, log })).length > 0)
})
