import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { connectRedis, type RedisClient } from '#platform/redis'
import { testRedis } from '#test/redis'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { createRedisLive } from './create-redis-live.ts'
import { collect, liveContract } from './live-contract.ts'

const busKey = randomBytes(32)
const clients: RedisClient[] = []
const ends: { close(): Promise<void> }[] = []
const server = await testRedis()

after(async () => {
  for (const end of ends) await end.close()
  for (const client of clients) client.destroy()
})

async function connect(): Promise<RedisClient> {
  const redis = await connectRedis({ url: server.url, log })
  clients.push(redis)
  await ready(redis)
  return redis
}

const ready = (redis: RedisClient) => waitFor(() => redis.isReady)

async function makeEnd(key = busKey, connected?: RedisClient) {
  const redis = connected ?? (await connect())
  const live = createRedisLive({ redis, busKey: key, log })
  ends.push(live)
  return live
}

liveContract('over Redis', async () => ({ here: await makeEnd(), there: await makeEnd() }))

test('many subscribers of a topic in one process are one subscription at Redis', async () => {
  const live = await makeEnd()
  const asking = await connect()
  const endings = await Promise.all(Array.from({ length: 10 }, () => live.subscribe('counted', collect())))
  const count = async () => ((await asking.send('', ['PUBSUB', 'SHARDNUMSUB', 'live:counted'])) as unknown[])[1]
  assert.equal(Number(await count()), 1)
  for (const end of endings) await end()
  await waitFor(async () => Number(await count()) === 0)
})

test('Redis sees no text, and what is sealed with another key or for another topic is not read', async () => {
  const [here, there, stranger] = [await makeEnd(), await makeEnd(), await makeEnd(randomBytes(32))]
  const seen: Buffer[] = []
  const eavesdropper = (await connect()).subscribe({
    message: (_, payload) => void seen.push(payload),
    wants: () => true,
    wanted: () => ['live:secret'],
    resumed() {},
  })
  assert.ok(await eavesdropper.ask('live:secret'))
  const [collected, other, foreign] = [collect(), collect(), collect()]
  await there.subscribe('secret', collected)
  await there.subscribe('other', other)
  await stranger.subscribe('secret', foreign)
  here.publish('secret', { text: 'dear diary' })
  await collected.has(1)
  const [payload = Buffer.alloc(0)] = seen
  assert.ok(payload.length > 0 && !payload.includes('diary'))
  await (await connect()).publish('live:other', payload)
  payload[payload.length - 1] = (payload.at(-1) ?? 0) ^ 1
  await (await connect()).publish('live:secret', payload)
  await (await connect()).publish('live:secret', Buffer.from('short'))
  here.publish('secret', 'end')
  await collected.has(2)
  assert.deepEqual([collected.events[1], collected.events.length], ['end', 2])
  assert.deepEqual([other.events, foreign.events], [[], []])
})

test('while Redis is away nothing throws and the own process goes on; back, both ends hear of the gap and work again', async () => {
  const hereRedis = await connect()
  const [here, there] = [await makeEnd(busKey, hereRedis), await makeEnd()]
  const [own, far, late] = [collect(), collect(), collect()]
  await here.subscribe('storm', own)
  await there.subscribe('storm', far)
  await server.stop()
  here.publish('storm', 'lost')
  await own.has(1)
  const endLate = await there.subscribe('storm-late', late)
  const endNever = await there.subscribe('never', collect())
  await endNever()
  await server.start()
  await Promise.all([far.gapped(), late.gapped(), own.gapped()])
  // The end that publishes may come back a little later than the ends that listen.
  await ready(hereRedis)
  here.publish('storm', 'again')
  here.publish('storm-late', 'late')
  await Promise.all([far.has(1), late.has(1)])
  assert.deepEqual([own.events, far.events, late.events], [['lost', 'again'], ['again'], ['late']])
  await endLate()
})

test('a Redis that does not answer holds up neither publishing nor subscribing, and a late subscription tells a gap', async () => {
  const [here, there, pausing] = [await makeEnd(), await makeEnd(), await connect()]
  let answers = false
  await pausing.send('', ['CLIENT', 'PAUSE', '3000', 'ALL'])
  const answered = pausing.send('', ['PING']).then(() => {
    answers = true
  })
  const collected = collect()
  await there.subscribe('paused', collected)
  // More than the client may queue.
  for (let n = 0; n < 12_000; n += 1) here.publish('flood', n)
  assert.equal(answers, false, 'Redis was silent all the while')
  await answered
  await collected.gapped()
  // The flood may still be in the way; then the event is dropped, and that is told.
  here.publish('paused', 1)
  await waitFor(() => collected.events.length === 1 || collected.gaps() > 1)
})

test('a Redis that comes up after us is found', async () => {
  await server.stop()
  const redis = await connectRedis({ url: server.url, log })
  clients.push(redis)
  const live = createRedisLive({ redis, busKey, log })
  ends.push(live)
  const collected = collect()
  await live.subscribe('early', collected)
  await server.start()
  await collected.gapped()
  const there = await makeEnd()
  there.publish('early', 1)
  await collected.has(1)
})
