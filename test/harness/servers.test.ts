import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { createClient } from 'redis'
import { throwawayPostgres } from './postgres.ts'
import { testRedis } from './redis.ts'
import { administer } from './template.ts'
import { waitFor } from './wait-for.ts'

test('a Redis of one’s own stops, and starts again empty at the same address', async (t) => {
  const { url, stop, start } = await testRedis(t)
  const client = createClient({ url, disableOfflineQueue: true })
  client.on('error', () => {})
  await client.connect()
  t.after(() => client.destroy())
  await client.set('key', 'value')
  await stop()
  await assert.rejects(client.get('key'))
  await start()
  assert.equal(await waitFor(async () => (await client.get('key')) === null), true)
})

test('a PostgreSQL of one’s own is gone and comes back with its data', async (t) => {
  const { connectionString, stop, start } = await throwawayPostgres(t)
  await administer(connectionString, 'CREATE TABLE kept AS SELECT 1 AS one')
  await stop()
  await assert.rejects(administer(connectionString, 'SELECT 1'), { code: 'ENOENT' })
  await start()
  assert.deepEqual(await administer(connectionString, 'SELECT one FROM kept'), [{ one: 1 }])
})

test('a killed PostgreSQL comes back by itself, and a cut connection is felt', async (t) => {
  const { connectionString, kill, cut } = await throwawayPostgres(t)
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  cut()
  await assert.rejects(client.query('SELECT 1'))
  await kill()
  const users = await waitFor(() => administer(connectionString, 'SELECT id FROM users'), { what: 'it is back' })
  assert.deepEqual(users, [])
})
