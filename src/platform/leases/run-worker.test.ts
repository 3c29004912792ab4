import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase } from '#platform/postgres'
import { throwawayPostgres } from '#test/postgres'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { createLeases } from './create-leases.ts'
import { LeaseLostError } from './hold-lease.ts'
import type { Job } from './jobs-table.ts'
import { FOR_EVER_MS, jobsAndWorkers } from './jobs-workers.ts'
import type { LeasedRow } from './queue.ts'

const { table, live, leases, startWorker } = await jobsAndWorkers()
const { pool } = table.database

beforeEach(() => table.clear())

const outcomes = async (lane: string) => (await table.look(lane)).map((row) => row.outcomes)

test('eight workers finish every row once, never with more than their concurrency', async (t) => {
  await table.add('a', 300)
  let handled = 0
  const workers = Array.from({ length: 8 }, () => {
    let busy = 0
    return startWorker(t, {
      async handle(job) {
        busy += 1
        assert.ok(busy <= 4)
        await sleep(Math.random() * 3)
        if (await table.finish(job)) handled += 1
        busy -= 1
      },
    })
  })
  await waitFor(async () => (await outcomes('a')).every((count) => count === 1))
  await Promise.all(workers.map((worker) => worker.drain(FOR_EVER_MS)))
  assert.equal(handled, 300)
  assert.deepEqual(new Set(await outcomes('a')), new Set([1]))
})

test('a wake-up finds a row at once, also one that comes while the worker is busy looking', async (t) => {
  startWorker(t, {})
  for (let n = 0; n < 30; n += 1) {
    await table.add(`lane-${n}`)
    live.publish('jobs', null)
    if (n % 3 === 0) await waitFor(async () => (await outcomes(`lane-${n}`))[0] === 1)
  }
  await waitFor(async () => (await outcomes('lane-29'))[0] === 1)
})

test('without a wake-up polling finds the row', async (t) => {
  startWorker(t, { pollMs: 20 })
  await sleep(50)
  await table.add('a')
  await waitFor(async () => (await outcomes('a'))[0] === 1)
})

test('while it is told to hold it takes nothing, and goes on by itself afterwards', async (t) => {
  let held = true
  let asked = 0
  startWorker(t, {
    pollMs: FOR_EVER_MS,
    holdMs() {
      asked += 1
      return held ? 5 : 0
    },
  })
  await table.add('a')
  live.publish('jobs', null)
  const before = asked
  await waitFor(() => asked > before + 3)
  assert.deepEqual(await outcomes('a'), [0])
  held = false
  await waitFor(async () => (await outcomes('a'))[0] === 1)
})

test('who has gone down with a worker often is worked on alone, beside those that have not', async (t) => {
  const SUSPECTS = 5
  await table.add('suspect', SUSPECTS)
  await pool.query("UPDATE jobs SET lease_attempts = 6 WHERE lane = 'suspect'")
  await table.add('other', SUSPECTS)
  let [suspected, freed] = [0, 0]
  startWorker(t, {
    trustedTakes: 2,
    pollMs: 20,
    async handle(job) {
      if (job.lane === 'suspect') {
        suspected += 1
        assert.equal(suspected, 1)
        // The others do not wait for it.
        await waitFor(() => freed > 0)
        suspected -= 1
      } else freed += 1
      await table.finish(job)
    },
  })
  await waitFor(async () => (await outcomes('suspect')).every((count) => count === 1))
  await waitFor(async () => (await outcomes('other')).every((count) => count === 1))
  for (const { lease_attempts: takes } of await table.look('suspect')) assert.equal(takes, 7, 'waiting is not counted')
})

test('a worker that has just begun takes few rows, more with each that it has finished', async (t) => {
  await table.add('a', 64)
  let [under, most, done] = [0, 0, 0]
  const gates: (() => void)[] = []
  startWorker(t, {
    concurrency: 64,
    async handle(job) {
      under += 1
      most = Math.max(most, under)
      if (done < 1) await new Promise<void>((resolve) => gates.push(resolve))
      under -= 1
      done += 1
      await table.finish(job)
    },
  })
  await waitFor(() => gates.length >= 8)
  assert.ok(most < 32, `${most} at once before one was finished`)
  for (const open of gates.splice(0)) open()
  await waitFor(async () => {
    for (const open of gates.splice(0)) open()
    return (await outcomes('a')).every((count) => count === 1)
  })
})

test('long work keeps its lease by heartbeats', async (t) => {
  await table.add('a')
  const runs: number[] = []
  const options = {
    leaseMs: 2_000,
    heartbeatMs: 100,
    pollMs: 20,
    async handle(job: LeasedRow<Job>, signal: AbortSignal) {
      runs.push(job.lease_token)
      await sleep(3_000)
      assert.equal(signal.aborted, false)
      await table.finish(job)
    },
  }
  startWorker(t, options)
  startWorker(t, options)
  await waitFor(async () => (await outcomes('a'))[0] === 1)
  assert.deepEqual(runs, [1])
})

test('work whose lease was taken by somebody else is told to stop, and its outcome does not count', async (t) => {
  await table.add('a')
  const { promise, resolve } = Promise.withResolvers<unknown>()
  startWorker(t, {
    heartbeatMs: 20,
    async handle(job, signal) {
      await pool.query(`UPDATE jobs SET lease_token = lease_token + 1, due_at = now() + interval '1 h'`)
      await new Promise((stop) => signal.addEventListener('abort', stop))
      resolve(signal.reason)
      assert.equal(await table.finish(job), false)
      signal.throwIfAborted()
    },
  })
  assert.ok((await promise) instanceof LeaseLostError)
  assert.equal((await table.look('a'))[0]?.dueInSeconds, 3600)
})

test('work that outlives its lease because the database does not answer is told to stop', async (t) => {
  await table.add('a')
  const { promise, resolve } = Promise.withResolvers<unknown>()
  startWorker(t, {
    leaseMs: 100,
    heartbeatMs: 20,
    leases: { ...leases, renew: () => Promise.reject(new Error('away')) },
    async handle(_job, signal) {
      signal.addEventListener('abort', () => resolve(signal.reason))
      await promise
    },
  })
  assert.ok((await promise) instanceof LeaseLostError)
})

test('work that throws is tried again later, later and later; its owner may end it', async (t) => {
  await table.add('a', 2)
  const told: number[] = []
  startWorker(t, {
    async handle() {
      throw new Error('as meant')
    },
    async onError(_error, job) {
      if (job.n === 2) await table.finish(job)
      told.push(job.n)
    },
  })
  await waitFor(async () =>
    (await table.look('a')).every(({ dueInSeconds }) => dueInSeconds === null || dueInSeconds <= 1),
  )
  await waitFor(() => told.length === 2)
  const [first, second] = await table.look('a')
  assert.deepEqual([first?.lease_attempts, first?.outcomes, second?.outcomes], [1, 0, 1])
  await pool.query('UPDATE jobs SET due_at = now(), lease_attempts = 5 WHERE n = 1')
  live.publish('jobs', null)
  await waitFor(async () => (await table.look('a'))[0]?.dueInSeconds === 32)
})

test('a database that goes away and comes back finds the worker waiting', async (t) => {
  const server = await throwawayPostgres(t)
  const database = createDatabase({ connectionString: server.connectionString, maxConnections: 3, log })
  t.after(() => database.close())
  await database.pool.query(
    `CREATE TABLE jobs (lane text, n bigint, due_at timestamptz DEFAULT now(), lease_token bigint NOT NULL DEFAULT 0,
      lease_attempts integer NOT NULL DEFAULT 0, PRIMARY KEY (lane, n))`,
  )
  let done = 0
  const worker = startWorker(t, {
    leases: createLeases({ pool: database.pool }),
    pollMs: 20,
    async handle(job) {
      await database.pool.query('UPDATE jobs SET due_at = NULL WHERE n = $1', [job.n])
      done += 1
    },
  })
  await server.stop()
  await sleep(300)
  await server.start()
  await waitFor(() => database.ping())
  await database.pool.query(`INSERT INTO jobs (lane, n) VALUES ('a', 1)`)
  await waitFor(() => done === 1)
  await worker.drain(1_000)
})
