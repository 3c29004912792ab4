import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { waitFor } from '#test/wait-for'
import { jobs } from './jobs-table.ts'
import { jobsAndWorkers } from './jobs-workers.ts'
import { DrainedError } from './workbench.ts'

const { table, live, leases, startWorker } = await jobsAndWorkers()
const { pool } = table.database

beforeEach(() => table.clear())

const outcomes = async (lane: string) => (await table.look(lane)).map((row) => row.outcomes)

test('a drain waits for work under way and takes nothing more', async (t) => {
  await table.add('a')
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const worker = startWorker(t, {
    async handle(job) {
      begin()
      await sleep(100)
      await table.finish(job)
    },
  })
  await begun
  await table.add('b')
  await worker.drain(10_000)
  assert.deepEqual([await outcomes('a'), await outcomes('b')], [[1], [0]])
  worker.wake()
  live.publish('jobs', null)
  await sleep(50)
  assert.deepEqual((await table.look('b'))[0]?.lease_token, 0)
})

test('a drain that ran out of time aborts the work and hands its lease to the next worker, uncounted', async (t) => {
  await table.add('a', 2)
  const reasons: unknown[] = []
  let begun = 0
  const worker = startWorker(t, {
    async handle(job, signal) {
      begun += 1
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      reasons.push(signal.reason)
      // The second one does not listen: it is given back all the same.
      if (job.n === 2) await sleep(2_000)
      signal.throwIfAborted()
    },
  })
  await waitFor(() => begun === 2)
  await worker.drain(20)
  assert.ok(reasons.length === 2 && reasons.every((reason) => reason instanceof DrainedError))
  const rows = await leases.take(jobs, { limit: 2, leaseMs: 1000 })
  assert.deepEqual(
    rows.map(({ lease_token, lease_attempts }) => [lease_token, lease_attempts]),
    [
      [2, 1],
      [2, 1],
    ],
  )
})

test('a drain gives back also a row whose heartbeat is on its way', async (t) => {
  await table.add('a')
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  const worker = startWorker(t, {
    heartbeatMs: 20,
    async handle(_job, signal) {
      begin()
      await new Promise((stop) => signal.addEventListener('abort', stop))
      end()
    },
  })
  await begun
  const client = await pool.connect()
  await client.query('BEGIN')
  await client.query('SELECT FROM jobs FOR UPDATE')
  await waitFor(async () => {
    const { rows } = await client.query(
      `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    )
    return rows.length > 0
  })
  const drained = worker.drain(0)
  await ended
  await pool.query('SELECT 1')
  await client.query('COMMIT')
  client.release()
  await drained
  assert.equal((await table.look('a'))[0]?.dueInSeconds, 0)
})
