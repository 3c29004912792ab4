import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLimits } from '#edges/http'
import { createLog } from '#platform/log'
import { createRedisPace } from '#platform/pace'
import { createRedisPresence } from '#platform/presence'
import { connectRedis, type RedisClient, type RedisWatch } from '#platform/redis'
import { testRedis } from '#test/redis'
import { silentLog } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { collect } from '../../src/platform/live/live-contract.ts'
import { atEnd, wholeFile } from '../harness/scope.ts'
import { connected, liveOver } from './contracts.ts'

/** Whatever Redis does, no call of a room lasts longer; what rooms wait is half of it at most. */
const LATENCY_MAX_MS = 2_000

const server = await testRedis()
const reasons: string[] = []
const durations: number[] = []
const watch: RedisWatch = { answered: (ms) => void durations.push(ms), failed: (reason) => void reasons.push(reason) }
const watched = await connectRedis({ url: server.url, log: silentLog, watch })
atEnd(wholeFile, () => watched.destroy())
await waitFor(() => watched.isReady)

let people = 0

/** Everything that rooms do with Redis, once: nothing throws, nothing takes long, and all says what one process knows. */
async function workOver(redis: RedisClient): Promise<void> {
  const somebody = `somebody-${people++}`
  const live = liveOver(redis)
  const collected = collect()
  const presence = createRedisPresence({ redis })
  const deeds = [
    live.subscribe(somebody, collected),
    presence.typing(somebody, 'page'),
    createLimits({ redis }).take('mailCodePerAddress', somebody),
    createRedisPace({ redis, name: somebody, perSecond: 10 })
      .take('chat', 'first')
      .then((waitMs) => assert.equal(waitMs, 0)),
  ]
  const startedMs = performance.now()
  await Promise.all(deeds)
  live.publish(somebody, 'here')
  assert.deepEqual(await presence.of(somebody), { online: ['page'], typing: ['page'] })
  assert.ok(performance.now() - startedMs < LATENCY_MAX_MS, `${performance.now() - startedMs} ms`)
  await collected.has(1)
  await live.close()
}

test('a Redis that is flushed is missed for a moment: subscriptions stay, and limits begin anew', async () => {
  const [here, there] = [liveOver(watched), liveOver(await connected(server.url))]
  const far = collect()
  await there.subscribe('flushed', far)
  await server.ask('FLUSHALL')
  await server.ask('SCRIPT', 'FLUSH')
  here.publish('flushed', 'after')
  await far.has(1)
  assert.equal(far.gaps(), 0)
  await workOver(watched)
})

test('a Redis that takes connections and answers nothing costs a moment, known before or not', async () => {
  await workOver(watched)
  server.signal('SIGSTOP')
  try {
    await workOver(watched)
    const stranger = await connectRedis({ url: server.url, log: silentLog })
    atEnd(wholeFile, () => stranger.destroy())
    await workOver(stranger)
    assert.equal(stranger.isReady, false)
  } finally {
    server.signal('SIGCONT')
  }
  await waitFor(() => watched.isReady)
  await waitFor(() => durations.some((ms) => ms > LATENCY_MAX_MS / 4), { what: 'the figures say how slow it was' })
})

test('a full Redis refuses writes: nobody notices, the figures say it, and events go on', async () => {
  const [here, there] = [liveOver(watched), liveOver(await connected(server.url))]
  const far = collect()
  await there.subscribe('full', far)
  await server.ask('CONFIG', 'SET', 'maxmemory-policy', 'noeviction', 'maxmemory', '1')
  try {
    reasons.length = 0
    await workOver(watched)
    assert.ok(reasons.includes('refused'))
    here.publish('full', 'still said')
    await far.has(1)
  } finally {
    await server.ask('CONFIG', 'SET', 'maxmemory', '0')
  }
  reasons.length = 0
  await workOver(watched)
  assert.deepEqual(reasons, [])
})

test('a Redis that became a replica refuses writes in the same way', async () => {
  await server.ask('REPLICAOF', '127.0.0.1', '1')
  try {
    reasons.length = 0
    await workOver(watched)
    assert.ok(reasons.includes('refused'))
  } finally {
    await server.ask('REPLICAOF', 'NO', 'ONE')
  }
})

test('with a wrong password it is as if there were no Redis, and the log says it once and without the password', async () => {
  const lines: string[] = []
  const guarded = await testRedis(undefined, ['--requirepass', 'right'])
  const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } })
  const url = guarded.url.replace('//', '//:wrong-password@')
  const redis = await connectRedis({ url, log })
  atEnd(wholeFile, () => redis.destroy())
  await workOver(redis)
  await workOver(redis)
  assert.equal(lines.filter((line) => line.includes('redis.lost')).length, 1, lines.join(''))
  assert.ok(!lines.join('').includes('wrong-password'))
})

test('gone and back: refused at once while it is away, and all is shared again', async () => {
  await server.stop()
  await waitFor(() => !watched.isReady)
  reasons.length = 0
  await workOver(watched)
  assert.deepEqual([...new Set(reasons)], ['away'])
  await server.start()
  await waitFor(() => watched.isReady)
  const other = await connected(server.url)
  await createRedisPresence({ redis: watched }).seen('back', 'page')
  assert.deepEqual((await createRedisPresence({ redis: other }).of('back')).online, ['page'])
})
