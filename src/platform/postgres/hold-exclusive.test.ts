import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '#test/database'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { holdExclusive, NotAloneError } from './hold-exclusive.ts'

const server = await testDatabase()

const HERE = '(SELECT oid FROM pg_database WHERE datname = current_database())'

function endSessions(): Promise<unknown> {
  return server.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datid = ${HERE} AND application_name = 'exclusive'`,
  )
}
const reason = 'there is another one'
const never = () => assert.fail('lost')

test('a second holder is refused with the reason, and gets the name when the first one leaves', async () => {
  const first = await holdExclusive(server.connectionString, 'a', { reason, onLost: never, log })
  const refused = holdExclusive(server.connectionString, 'a', { reason, onLost: never, log, waitMs: 50 })
  await assert.rejects(refused, (error) => error instanceof NotAloneError && error.message === reason)
  const waiting = holdExclusive(server.connectionString, 'a', { reason, onLost: never, log, waitMs: 15_000 })
  await first.release()
  await (await waiting).release()
})

test('names do not disturb each other', async () => {
  const first = await holdExclusive(server.connectionString, 'b', { reason, onLost: never, log })
  const second = await holdExclusive(server.connectionString, 'c', { reason, onLost: never, log, waitMs: 0 })
  await Promise.all([first.release(), second.release()])
})

test('a lost connection is made anew and the name taken again', async () => {
  const holder = await holdExclusive(server.connectionString, 'd', { reason, onLost: never, log })
  const sessions = () =>
    server.pool
      .query(`SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = ${HERE}`)
      .then(({ rows }) => rows.map(({ pid }) => pid as number))
  const [before] = await sessions()
  await endSessions()
  await waitFor(async () => {
    const [now] = await sessions()
    return now !== undefined && now !== before
  })
  await holder.release()
})

test('somebody who took the name meanwhile is noticed', async () => {
  let lost = false
  const options = { reason, log, waitMs: 0, onLost: () => (lost = true) }
  const holder = await holdExclusive(server.connectionString, 'e', options)
  const thief = await server.pool.connect()
  // The statement waits for the lock and gets it in the moment in which the holder's session ends.
  const stolen = thief.query(`SELECT pg_advisory_lock(hashtextextended('e', 0))`)
  await waitFor(
    async () =>
      (await server.pool.query(`SELECT FROM pg_locks WHERE NOT granted AND database = ${HERE}`)).rowCount === 1,
  )
  await endSessions()
  await stolen
  await waitFor(() => lost)
  thief.release(true)
  await holder.release()
})

test('whoever is heard of keeps the name; whoever is silent for too long, as a frozen process is, loses it', async () => {
  let lost = false
  const silenceMaxMs = 500
  const options = { reason, log, waitMs: 0, silenceMaxMs, onLost: () => (lost = true) }
  const holder = await holdExclusive(server.connectionString, 'f', options)
  const older = `SELECT FROM pg_stat_activity WHERE datid = ${HERE} AND application_name = 'exclusive'
    AND clock_timestamp() - backend_start > ${silenceMaxMs * 2} * interval '1 millisecond'`
  await waitFor(async () => (await server.pool.query(older)).rowCount === 1)
  const thief = await server.pool.connect()
  await thief.query('SET lock_timeout = 0')
  const stolen = thief.query(`SELECT pg_advisory_lock(hashtextextended('f', 0))`)
  // Nothing of this process runs meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, silenceMaxMs * 3)
  await stolen
  await waitFor(() => lost)
  thief.release(true)
  await holder.release()
})

test('whoever may be taken for silent is told at once when its connection is lost, and does not take the name again', async () => {
  let lost = false
  const options = { reason, log, waitMs: 0, silenceMaxMs: 10_000, onLost: () => (lost = true) }
  const holder = await holdExclusive(server.connectionString, 'g', options)
  await endSessions()
  await waitFor(() => lost)
  const next = await holdExclusive(server.connectionString, 'g', { reason, onLost: never, log, waitMs: 0 })
  await Promise.all([holder.release(), next.release()])
})
