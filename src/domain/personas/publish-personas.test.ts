import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/database'
import { loadPersonas } from './load-personas.ts'
import type { PersonaFile } from './persona.ts'
import { publishPersonas } from './publish-personas.ts'
import { readWithdrawn } from './read-withdrawn.ts'

type Database = Awaited<ReturnType<typeof testDatabase>>

const files = await loadPersonas(new URL('../../../personas/', import.meta.url).pathname)
const [arina, cassandra] = files
assert.ok(arina && cassandra)

test('the first start publishes version 1 of each persona, content included', async (t) => {
  const database = await testDatabase(t)
  await publish(database, files)
  assert.deepEqual(await published(database), [
    { id: 'arina', offered: true, current: 1, versions: 1, price: 'basic 1' },
    { id: 'cassandra', offered: true, current: 1, versions: 1, price: 'cassandra 1' },
  ])
  const { rows } = await sql<{ content: unknown }>`
    SELECT content FROM persona_versions WHERE persona_id = 'arina'`.execute(database.db)
  assert.deepEqual(rows[0]?.content, arina.persona)
})

test('starting again changes nothing', async (t) => {
  const database = await testDatabase(t)
  await publish(database, files)
  const before = await rowVersions(database)
  await publish(database, files)
  assert.deepEqual(await rowVersions(database), before)
})

test('ten processes starting at once publish one version', async (t) => {
  const database = await testDatabase(t)
  await Promise.all(Array.from({ length: 10 }, () => publish(database, files)))
  assert.deepEqual(
    (await published(database)).map(({ versions }) => versions),
    [1, 1],
  )
})

test('new words make a new version, and the old words point back to theirs', async (t) => {
  const database = await testDatabase(t)
  const reworded = renamed(arina, 'Ариша')
  await publish(database, files)
  await publish(database, [reworded, cassandra])
  assert.deepEqual((await published(database))[0], {
    id: 'arina',
    offered: true,
    current: 2,
    versions: 2,
    price: 'basic 2',
  })
  await publish(database, files)
  assert.deepEqual((await published(database))[0], {
    id: 'arina',
    offered: true,
    current: 1,
    versions: 2,
    price: 'basic 1',
  })
})

test('a persona without a file is withdrawn, keeps its words, and can come back', async (t) => {
  const database = await testDatabase(t)
  await publish(database, files)
  assert.deepEqual(await readWithdrawn(database.db), [])
  await publish(database, [arina])
  assert.deepEqual((await published(database))[1], {
    id: 'cassandra',
    offered: false,
    current: 1,
    versions: 1,
    price: 'cassandra 1',
  })
  assert.deepEqual(await readWithdrawn(database.db), [cassandra.persona])
  const since = await rowVersions(database)
  await publish(database, [arina])
  assert.deepEqual(await rowVersions(database), since, 'the moment of withdrawal stays')
  await publish(database, files)
  assert.equal((await published(database))[1]?.offered, true)
})

test('withdrawn content of a shape no longer read is left out', async (t) => {
  const database = await testDatabase(t)
  await publish(database, files)
  await sql`UPDATE persona_versions SET content = '{"id": 7}' WHERE persona_id = 'cassandra'`.execute(database.db)
  await publish(database, [arina])
  assert.deepEqual(await readWithdrawn(database.db), [])
})

test('a transaction that fails publishes nothing', async (t) => {
  const database = await testDatabase(t)
  await assert.rejects(
    database.db.transaction().execute(async (tx) => {
      await publishPersonas(tx, files)
      throw new Error('the start failed')
    }),
  )
  assert.deepEqual(await published(database), [])
})

async function publish(database: Database, offered: readonly PersonaFile[]): Promise<void> {
  await database.db.transaction().execute((tx) => publishPersonas(tx, offered))
}

function renamed(file: PersonaFile, name: string): PersonaFile {
  const { persona } = file
  const price = { ...persona.price, amount: persona.price.amount + 1 }
  return {
    ...file,
    persona: { ...persona, price, ru: { ...persona.ru, name } },
    contentHash: createHash('sha256').update(name).digest(),
  }
}

async function published({ db }: Database) {
  const { rows } = await sql<{ id: string; offered: boolean; current: number; versions: number; price: string }>`
    SELECT id, withdrawn_at IS NULL AS offered, current_version AS current,
      (SELECT count(*)::integer FROM persona_versions WHERE persona_id = id) AS versions,
      price_type || ' ' || price_amount AS price
    FROM personas ORDER BY id`.execute(db)
  return rows
}

/** Physical row versions: they differ as soon as a row is written, even with the same values. */
async function rowVersions({ db }: Database) {
  const { rows } = await sql`
    SELECT id AS key, xmin::text FROM personas
    UNION ALL SELECT persona_id || version, xmin::text FROM persona_versions ORDER BY key`.execute(db)
  return rows
}
