import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectRedis } from '#platform/redis'
import { testRedis } from '#test/redis'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { createRedisPace } from './create-redis-pace.ts'
import { paceContract } from './pace-contract.ts'

const server = await testRedis()
const [redis, otherRedis] = [await connectRedis({ url: server.url, log }), await connectRedis({ url: server.url, log })]
after(() => {
  redis.destroy()
  otherRedis.destroy()
})
await waitFor(() => redis.isReady && otherRedis.isReady)

let made = 0
const newName = () => `pace-${made++}`

paceContract('over Redis', async (perSecond) => {
  const name = newName()
  return {
    here: createRedisPace({ redis, name, perSecond }),
    there: createRedisPace({ redis: otherRedis, name, perSecond }),
    pass: (ms) => sleep(ms),
    nowMs: () => performance.now(),
  }
})

test('two processes that ask as fast as they can get one pace together', async () => {
  const name = newName()
  const paces = [redis, otherRedis].map((client) => createRedisPace({ redis: client, name, perSecond: 100 }))
  const startedMs = performance.now()
  let taken = 0
  const askers = paces.map(async (pace, process) => {
    for (let chat = 0; chat < 400; chat += 1) if ((await pace.take(`${process} ${chat}`, 'first')) === 0) taken += 1
  })
  await Promise.all(askers)
  const mostTaken = ((performance.now() - startedMs) / 1_000) * 100 + 2.5
  assert.ok(taken >= 2 && taken <= mostTaken, `${taken} of ${mostTaken}`)
})

test('a clock of Redis that was set back holds nobody up', async () => {
  const name = newName()
  const pace = createRedisPace({ redis, name, perSecond: 10 })
  const [seconds = 0] = ((await redis.send('', ['TIME'])) as string[]).map(Number)
  const inAnHour = String((seconds + 3_600) * 1_000_000)
  await redis.send('', ['MSET', `pace:{${name}}`, inAnHour, `pace:{${name}}:chat`, inAnHour])
  const waitMs = await pace.take('chat', 'first')
  assert.ok(waitMs > 0 && waitMs <= 1_000, `${waitMs} ms`)
})

test('Redis keeps nothing of who is at rest', async () => {
  const name = newName()
  const pace = createRedisPace({ redis, name, perSecond: 10 })
  await pace.take('chat', 'first')
  await waitFor(async () => ((await redis.send('', ['KEYS', `pace:{${name}}*`])) as string[]).length === 0)
})

test('while Redis is away each process keeps the pace by itself, and afterwards all together again', async () => {
  const name = newName()
  const [here, there] = [redis, otherRedis].map((client) => createRedisPace({ redis: client, name, perSecond: 1 }))
  assert.ok(here && there)
  await server.stop()
  assert.equal(await here.take('a', 'first'), 0)
  assert.equal(await here.take('b', 'first'), 0)
  assert.ok((await here.take('c', 'first')) > 0)
  assert.equal(await there.take('a', 'later'), 0)
  await server.start()
  await waitFor(() => redis.isReady && otherRedis.isReady)
  assert.equal(await here.take('a', 'later'), 0)
  assert.ok((await there.take('b', 'later')) > 0)
})
