import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSettableClock } from '#platform/clock'
import { cacheContract, SHORT_MS } from './cache-contract.ts'
import { createLocalCache } from './create-local-cache.ts'

cacheContract('in one process', async () => {
  const clock = createSettableClock()
  const cache = createLocalCache({ clock })
  return { here: cache, there: cache, passShort: async () => clock.advance(SHORT_MS + 1) }
})

test('all values together take no more than their room, and who was asked for longest ago goes first', async () => {
  const cache = createLocalCache({ clock: createSettableClock(), bytesMax: 30 })
  for (const key of ['a', 'b', 'c']) await cache.set(key, Buffer.alloc(10), 1_000)
  await cache.get('a')
  await cache.set('d', Buffer.alloc(10), 1_000)
  const found = await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => ((await cache.get(key)) ? key : '')))
  assert.equal(found.join(''), 'acd')
  for (let round = 0; round < 10; round += 1) await cache.set('a', Buffer.alloc(10), 1_000)
  assert.ok(await cache.get('c'), 'putting in anew takes no room of others')
})
