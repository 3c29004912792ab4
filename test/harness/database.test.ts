import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { testDatabase } from './database.ts'
import type { Scope } from './scope.ts'

test('a test gets the whole schema, empty, and for itself', async (t) => {
  const [one, other] = await Promise.all([testDatabase(t), testDatabase(t)])
  await sql`INSERT INTO users (id, locale, key_id) VALUES (gen_random_uuid(), 'ru', gen_random_uuid())`.execute(one.db)
  const count = async ({ db }: typeof one) => (await sql`SELECT id FROM users`.execute(db)).rows.length
  assert.deepEqual([await count(one), await count(other)], [1, 0])
})

test('what a test closes in its own hooks is no leak', async (t) => {
  const { connectionString } = await testDatabase(t)
  const client = new pg.Client({ connectionString })
  await client.connect()
  t.after(() => client.end())
})

test('a session left open fails the test', async () => {
  const hooks: (() => unknown)[] = []
  const scope: Scope & { name: string } = { name: 'a test', after: (hook) => hooks.push(hook) }
  const { connectionString } = await testDatabase(scope)
  const client = new pg.Client({ connectionString, application_name: 'forgotten' })
  client.on('error', () => {})
  await client.connect()
  await assert.rejects(async () => {
    for (const hook of hooks) await hook()
  }, /sessions left open.*forgotten/)
})
