import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectRedis } from '#platform/redis'
import { testRedis } from '#test/redis'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { createRedisPresence } from './create-redis-presence.ts'
import { presenceContract } from './presence-contract.ts'

const TYPING_TTL_MS = 500
const ONLINE_TTL_MS = 1_400

const server = await testRedis()
const [redis, otherRedis] = [await connectRedis({ url: server.url, log }), await connectRedis({ url: server.url, log })]
const times = { onlineTtlMs: ONLINE_TTL_MS, typingTtlMs: TYPING_TTL_MS }
const here = createRedisPresence({ redis, ...times })
const there = createRedisPresence({ redis: otherRedis, ...times })
after(() => {
  redis.destroy()
  otherRedis.destroy()
})
await waitFor(() => redis.isReady && otherRedis.isReady)

presenceContract('over Redis', async () => {
  const passing = { 'a moment': 1, typing: TYPING_TTL_MS + 5, online: ONLINE_TTL_MS + 5 }
  return { here, there, pass: (what) => sleep(passing[what]) }
})

test('Redis keeps nothing of who is gone', async () => {
  await here.typing('gone', 'page')
  await waitFor(async () => ((await redis.send('', ['KEYS', 'presence:*'])) as string[]).length === 0)
})

test('while Redis is away a process answers with what it saw itself, and afterwards for all again', async () => {
  await server.stop()
  await here.seen('alone', 'page')
  assert.deepEqual(await here.of('alone'), { online: ['page'], typing: [] })
  await here.left('alone', 'page')
  assert.deepEqual(await here.of('alone'), { online: [], typing: [] })
  await server.start()
  await waitFor(() => redis.isReady && otherRedis.isReady)
  await here.seen('alone', 'page')
  assert.deepEqual((await there.of('alone')).online, ['page'])
})
