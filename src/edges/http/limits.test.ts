import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectRedis } from '#platform/redis'
import { testRedis } from '#test/redis'
import { silentLog } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { createLimits, type Limits, Problem } from './index.ts'

async function count(limits: Limits, times: number, key: string): Promise<number> {
  const takes = await Promise.allSettled(Array.from({ length: times }, () => limits.take('mailCodePerAddress', key)))
  for (const take of takes) {
    if (take.status === 'rejected')
      assert.ok(take.reason instanceof Problem && take.reason.status === 429, String(take.reason))
  }
  return takes.filter(({ status }) => status === 'fulfilled').length
}

test('as many as allowed pass, the next is told when to come back', async () => {
  const limits = createLimits()
  assert.equal(await count(limits, 8, 'a'), 5)
  assert.equal(await count(limits, 1, 'b'), 1)
  await assert.rejects(limits.take('mailCodePerAddress', 'a'), ({ code, details }: Problem) => {
    const seconds = Number(details.headers?.['Retry-After'])
    return code === 'rate_limited' && seconds > 0 && seconds <= 600
  })
  await limits.giveBack('mailCodePerAddress', 'b')
  assert.equal(await count(limits, 8, 'b'), 5)
})

test('sixty messages in ten seconds are never too many', async () => {
  const limits = createLimits()
  for (let i = 0; i < 60; i += 1) await limits.take('messagePerUser', 'user')
})

test('processes with one Redis share the figures, and count for themselves without it', async (t) => {
  const redis = await testRedis(t)
  const clients = await Promise.all([1, 2].map(() => connectRedis({ url: redis.url, log: silentLog })))
  t.after(() => clients.map((client) => client.destroy()))
  await waitFor(() => clients.every(({ isReady }) => isReady))
  const [here, there] = clients.map((client) => createLimits({ redis: client }))
  assert.ok(here && there)
  assert.equal((await count(here, 3, 'shared')) + (await count(there, 3, 'shared')), 5)
  await here.giveBack('mailCodePerAddress', 'shared')
  assert.equal(await count(there, 3, 'shared'), 0, 'refused ones count too, so one given back is not enough')
  await redis.stop()
  assert.equal(await count(here, 8, 'alone'), 5)
})
