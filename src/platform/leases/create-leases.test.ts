import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { createLeases } from './create-leases.ts'
import { type Job, jobs, jobsTable } from './jobs-table.ts'
import type { LeasedRow } from './queue.ts'

const table = await jobsTable()
const { pool } = table.database
const leases = createLeases({ pool })

beforeEach(() => table.clear())

async function takeOne(leaseMs = 60_000): Promise<LeasedRow<Job>> {
  const [row] = await leases.take(jobs, { limit: 1, leaseMs })
  assert.ok(row)
  return row
}

test('what is due is taken, the longest due first; what waits, is finished or comes later is not', async () => {
  await pool.query(`INSERT INTO jobs (lane, n, due_at) VALUES
    ('a', 1, now() - interval '1 s'), ('a', 2, now() - interval '9 s'), ('a', 3, now() + interval '1 h'),
    ('a', 4, 'infinity'), ('a', 5, NULL)`)
  const first = await takeOne()
  assert.deepEqual(
    { ...first, leased_until: '' },
    { lane: 'a', n: 2, lease_token: 1, lease_attempts: 1, leased_until: '' },
  )
  assert.equal((await takeOne()).n, 1)
  assert.deepEqual(await leases.take(jobs, { limit: 10, leaseMs: 1000 }), [])
})

test('eight takers on one table never get the same row', async () => {
  await table.add('a', 400)
  const takeAll = async () => {
    const taken: number[] = []
    for (;;) {
      const rows = await leases.take(jobs, { limit: 7, leaseMs: 60_000 })
      if (rows.length === 0) return taken
      taken.push(...rows.map(({ n }) => n))
    }
  }
  const taken = (await Promise.all(Array.from({ length: 8 }, takeAll))).flat()
  assert.deepEqual(
    taken.toSorted((a, b) => a - b),
    Array.from({ length: 400 }, (_, n) => n + 1),
  )
})

test('a lease that ended is taken over, and the former holder can neither renew, give back nor write', async () => {
  await table.add('a')
  const first = await takeOne(30)
  const second = await waitFor(async () => (await leases.take(jobs, { limit: 1, leaseMs: 60_000 }))[0])
  assert.deepEqual([second.lease_token, second.lease_attempts], [2, 2])
  assert.equal(await leases.renew(jobs, first, 60_000), false)
  assert.equal(await leases.giveBack(jobs, first, { afterMs: 0 }), false)
  assert.equal(await table.finish(first), false)
  assert.equal(await table.finish(second), true)
})

test('renewing moves the end of the lease, again and again, also just after it ended', async () => {
  await table.add('a')
  const row = await takeOne(20)
  await waitFor(async () => ((await table.look('a'))[0]?.dueInSeconds ?? 1) <= 0)
  for (const [leaseMs, seconds] of [
    [100_000, 100],
    [200_000, 200],
  ] as const) {
    assert.equal(await leases.renew(jobs, row, leaseMs), true)
    assert.equal((await table.look('a'))[0]?.dueInSeconds, seconds)
  }
  assert.deepEqual(await leases.take(jobs, { limit: 1, leaseMs: 1000 }), [])
})

test('a row that its worker has settled, for good or for later, is moved by nobody', async () => {
  await table.add('a', 2)
  const [done, later] = await leases.take(jobs, { limit: 2, leaseMs: 60_000 })
  assert.ok(done && later)
  await table.finish(done)
  await pool.query(`UPDATE jobs SET due_at = now() + interval '35 s' WHERE n = $1`, [later.n])
  for (const row of [done, later]) {
    assert.equal(await leases.renew(jobs, row, 60_000), true)
    assert.equal(await leases.giveBack(jobs, row, { afterMs: 0 }), false)
  }
  const dues = (await table.look('a')).map(({ dueInSeconds }) => dueInSeconds)
  assert.deepEqual(new Set(dues), new Set([null, 35]))
})

test('a row that is gone is lost', async () => {
  await table.add('a')
  const row = await takeOne()
  await table.clear()
  assert.equal(await leases.renew(jobs, row, 1000), false)
})

test('a row given back comes due after the pause, and counts as an attempt unless told otherwise', async () => {
  await table.add('a')
  assert.equal(await leases.giveBack(jobs, await takeOne(), { afterMs: 0, uncounted: true }), true)
  const again = await takeOne()
  assert.deepEqual([again.lease_token, again.lease_attempts], [2, 1])
  await leases.giveBack(jobs, again, { afterMs: 50_000 })
  assert.deepEqual(await table.look('a'), [{ outcomes: 0, dueInSeconds: 50, lease_token: 2, lease_attempts: 1 }])
})

test('looking for due rows uses the partial index and is no SQL injection', async () => {
  const client = await pool.connect()
  await client.query('BEGIN; SET LOCAL enable_seqscan = off')
  const plan = await client.query(
    'EXPLAIN SELECT n FROM jobs WHERE due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED',
  )
  await client.query('ROLLBACK')
  client.release()
  assert.match(JSON.stringify(plan.rows), /jobs_due/)
  for (const evil of [
    { table: 'jobs; DROP TABLE jobs' },
    { condition: "lane = 'a' OR true" },
    { condition: "'' = ''" },
  ]) {
    await assert.rejects(async () => leases.take({ ...jobs, ...evil }, { limit: 1, leaseMs: 1 }), TypeError)
  }
})

test('a queue that is a part of its table takes only that, beside another part on the same connection', async () => {
  await table.add('a', 2)
  await table.add('b', 3)
  const [a, others] = [
    { ...jobs, condition: "lane = 'a'" },
    { ...jobs, condition: "lane <> 'a'" },
  ]
  const take = (queue: typeof jobs) => leases.take(queue, { limit: 10, leaseMs: 60_000 })
  assert.deepEqual([(await take(a)).length, (await take(a)).length, (await take(others)).length], [2, 0, 3])
})

test('what was begun before comes ahead of what has not begun, however long that waits', async () => {
  await pool.query(`INSERT INTO jobs (lane, n, due_at, lease_attempts) VALUES
    ('a', 1, now() - interval '9 min', 0), ('a', 2, now() - interval '1 s', 1), ('a', 3, now() - interval '8 min', 0),
    ('a', 4, now() - interval '2 s', 4), ('a', 5, now() + interval '1 h', 1)`)
  const take = async (limit: number) => {
    const rows = await leases.take({ ...jobs, begunFirst: true }, { limit, leaseMs: 60_000 })
    return rows.map(({ n }) => n).sort()
  }
  assert.deepEqual([await take(1), await take(2), await take(9), await take(9)], [[4], [1, 2], [3], []])
})
