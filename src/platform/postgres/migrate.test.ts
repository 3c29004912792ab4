import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { testServer } from '#test/postgres-server'
import { silentLog as log } from '#test/silent-log'
import { tempFolder } from '#test/temp-folder'
import { administer, databaseAt } from '#test/template'
import { migrate } from './migrate.ts'
import { MigrationError } from './read-migrations.ts'

let made = 0

/** An empty database and a folder of migrations. */
async function scene(t: TestContext, files: Record<string, string>) {
  const folder = await tempFolder(t)
  const server = await testServer()
  made += 1
  const name = `migrate_${process.pid}_${made}`
  await administer(server, `CREATE DATABASE ${name}`)
  t.after(() => administer(server, `DROP DATABASE ${name} WITH (FORCE)`))
  const write = async (more: Record<string, string>) => {
    for (const [file, text] of Object.entries(more)) await writeFile(join(folder, file), text)
  }
  await write(files)
  const connectionString = databaseAt(server, name)
  return { folder, connectionString, write, run: () => migrate({ connectionString, folder, log }) }
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
  const { connectionString } = await scene(t, {})
  const folder = join(import.meta.dirname, '../../../migrations')
  assert.ok((await migrate({ connectionString, folder, log })).length > 0)
  assert.deepEqual(await migrate({ connectionString, folder, log }), [])
})
