import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSettableClock, systemClock } from '#platform/clock'
import { connectRedis } from '#platform/redis'
import { testRedis } from '#test/redis'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { cacheContract } from './cache-contract.ts'
import { createLayeredCache } from './create-layered-cache.ts'
import { createLocalCache } from './create-local-cache.ts'
import { type ByteStore, createRedisCache } from './create-redis-cache.ts'

const server = await testRedis()
const [redis, otherRedis] = [await connectRedis({ url: server.url, log }), await connectRedis({ url: server.url, log })]
after(() => {
  redis.destroy()
  otherRedis.destroy()
})
await waitFor(() => redis.isReady && otherRedis.isReady)

let made = 0
const newName = () => `cache-${made++}`

cacheContract('over Redis', async () => {
  const name = newName()
  return {
    here: createRedisCache({ redis, name }),
    there: createRedisCache({ redis: otherRedis, name }),
    passShort: () => waitFor(async () => Number(await redis.send(name, ['PTTL', `${name}:a`])) < 0).then(() => {}),
  }
})

test('a Redis that says nothing is given up and left alone for a while, then asked again', async () => {
  const clock = createSettableClock()
  const name = newName()
  await redis.set(`${name}:a`, 'value', { PX: 60_000 })
  let asked = 0
  let isSilent = true
  const slow: ByteStore = {
    ...redis,
    get(key) {
      asked += 1
      return isSilent ? new Promise(() => {}) : redis.get(key)
    },
  }
  const cache = createRedisCache({ redis: slow, name, clock })
  assert.equal(await cache.get('a'), null)
  isSilent = false
  assert.equal(await cache.get('a'), null)
  await cache.set('a', Buffer.from('newer'), 1_000)
  assert.equal(asked, 1, 'while it rests nobody waits for it')
  clock.advance(5_000)
  assert.equal((await cache.get('a'))?.toString(), 'value')
})

test('an answer that was there in time counts, however busy this process was', async () => {
  const name = newName()
  const cache = createRedisCache({ redis, name })
  await cache.set('a', Buffer.from('value'), 60_000)
  for (let round = 0; round < 3; round += 1) {
    const found = cache.get('a')
    await sleep(0)
    const until = performance.now() + 120
    while (performance.now() < until);
    assert.ok(await found)
  }
})

test('while Redis is away nothing is found and nothing is thrown; back, it keeps again', async () => {
  const name = newName()
  const cache = createRedisCache({ redis, name })
  await cache.set('a', Buffer.from('value'), 60_000)
  await server.stop()
  await waitFor(() => !redis.isReady)
  assert.equal(await cache.get('a'), null)
  await cache.set('a', Buffer.from('value'), 60_000)
  await cache.forget('a')
  await server.start()
  await waitFor(() => redis.isReady && otherRedis.isReady)
  await cache.set('a', Buffer.from('value'), 60_000)
  assert.ok(await cache.get('a'))
})

test('a Redis that takes nothing more throws nothing at whoever wants to keep something', async () => {
  const name = newName()
  const cache = createRedisCache({ redis, name })
  await redis.send('all', ['CONFIG', 'SET', 'maxmemory', '1', 'maxmemory-policy', 'noeviction'])
  await cache.set('a', Buffer.from('value'), 60_000)
  assert.equal(await cache.get('a'), null)
  await redis.send('all', ['CONFIG', 'SET', 'maxmemory', '0'])
})

test('what is near is found without Redis, what another process put in is found through it, and forgetting reaches both', async () => {
  const name = newName()
  const layered = (client: typeof redis) => {
    const near = createLocalCache({ clock: systemClock })
    return createLayeredCache({ near, far: createRedisCache({ redis: client, name }) })
  }
  const [here, there] = [layered(redis), layered(otherRedis)]
  await here.set('a', Buffer.from('value'), 60_000)
  assert.equal((await there.get('a'))?.toString(), 'value')
  await redis.send('all', ['FLUSHALL'])
  assert.ok((await here.get('a')) && (await there.get('a')), 'both have it near')
  await here.set('a', Buffer.from('value'), 60_000)
  await here.forget('a')
  assert.equal(await here.get('a'), null)
  assert.equal(await redis.send(name, ['EXISTS', `${name}:a`]), 0)
})
