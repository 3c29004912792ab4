import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import { testDatabase } from '#test/database'
import { deliveryFigures } from './figures-store.ts'
import { listDeliveries } from './list-deliveries.ts'

const BACKLOG = 4_000

const { db } = await testDatabase()

beforeEach(() => sql`TRUNCATE deliveries CASCADE`.execute(db))

/** Rows in chats of their own, owed so long ago and one millisecond apart. */
async function add(count: number, { purpose = 'reply', state = 'pending', ageSeconds = 0 }): Promise<void> {
  await sql`
    INSERT INTO deliveries (id, user_id, channel, interface, address, message_id, purpose, state, due_at, owed_at, finished_at)
    SELECT gen_random_uuid(), gen_random_uuid(), 'telegram', 'bot', gen_random_uuid()::text, gen_random_uuid(),
           ${purpose}, ${state}, CASE WHEN ${state} = 'pending' THEN now() END,
           now() - make_interval(secs => ${ageSeconds}) - n * interval '1 millisecond',
           CASE WHEN ${state} <> 'pending' THEN now() END
    FROM generate_series(1, ${count}) AS n
  `.execute(db)
}

test('nothing open is no age', async () => {
  await add(3, { state: 'sent', ageSeconds: 500 })
  await add(3, { state: 'failed', ageSeconds: 500 })
  assert.deepEqual(await deliveryFigures(db, 10), { open: 0, oldestSeconds: 0 })
})

test('the oldest that somebody waits for counts, and as many as somebody wants to know', async () => {
  await add(4, { ageSeconds: 100 })
  await add(4, { purpose: 'proactive', ageSeconds: 7_000 })
  const figures = await deliveryFigures(db, 10)
  assert.equal(figures.open, 8)
  assert.equal(Math.floor(figures.oldestSeconds / 50), 2)
  assert.equal((await deliveryFigures(db, 5)).open, 5)
})

test('no figure and no shelf reads through what it does not show', async () => {
  await add(BACKLOG, { state: 'sent' })
  await add(BACKLOG, { state: 'failed' })
  await add(BACKLOG, { purpose: 'proactive', ageSeconds: 3_600 })
  await add(BACKLOG, {})
  await add(1, { state: 'unknown' })
  await sql`VACUUM ANALYZE deliveries`.execute(db)
  const limit = 50
  await db.connection().execute(async (one) => {
    assert.ok((await rowsRead(one, () => deliveryFigures(one, limit))) <= 3 * limit)
    for (const shelf of ['failed', 'unknown', 'open'] as const) {
      const first = await listDeliveries(one, { shelf, before: null, limit })
      const next = { shelf, before: first?.cursor ?? null, limit }
      const read = await rowsRead(one, () => listDeliveries(one, next))
      assert.ok(read <= 3 * limit, `${shelf}: ${read} rows`)
    }
  })
})

/** How many rows of the table a look took, in a scan or by an index. */
async function rowsRead(one: Executor, look: () => Promise<unknown>): Promise<number> {
  const taken = async () => {
    await sql`SELECT pg_stat_force_next_flush()`.execute(one)
    const { rows } = await sql<{ taken: number }>`
      SELECT (seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes i WHERE i.relid = t.relid))::integer AS taken
      FROM pg_stat_user_tables t WHERE relname = 'deliveries'
    `.execute(one)
    return rows[0]?.taken ?? 0
  }
  const before = await taken()
  await look()
  return (await taken()) - before
}
