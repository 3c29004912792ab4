import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRedisPresence } from '#platform/presence'
import { testSentinel } from '#test/redis-sentinel'
import { waitFor } from '#test/wait-for'
import { collect } from '../../src/platform/live/live-contract.ts'
import { connected, contractsOver, liveOver } from './contracts.ts'

const house = await testSentinel()
const [redis, otherRedis] = [await connected(house.url), await connected(house.url)]

contractsOver('behind sentinels', [redis, otherRedis])

test('the master is killed and another takes over: nothing throws, all hear of the gap and go on', async () => {
  const [here, there] = [liveOver(redis), liveOver(otherRedis)]
  const presence = createRedisPresence({ redis })
  const [own, far] = [collect(), collect()]
  await here.subscribe('house', own)
  await there.subscribe('house', far)
  const [former] = house.servers
  await former.stop()
  await waitFor(() => !redis.isReady && !otherRedis.isReady)
  here.publish('house', 'into the void')
  await presence.seen('somebody', 'page')
  assert.deepEqual(await presence.of('somebody'), { online: ['page'], typing: [] })
  await house.failOver()
  await Promise.all([own.gapped(), far.gapped()])
  await waitFor(() => redis.isReady && otherRedis.isReady)
  await presence.seen('somebody', 'page')
  assert.deepEqual((await createRedisPresence({ redis: otherRedis }).of('somebody')).online, ['page'])
  here.publish('house', 'again')
  await far.has(1)
  assert.deepEqual([own.events, far.events], [['into the void', 'again'], ['again']])
  await former.start()
  await former.ask('REPLICAOF', '127.0.0.1', String(house.servers[1].port))
})

test('a switch that nobody died for is followed too', async () => {
  const [here, there] = [liveOver(redis), liveOver(otherRedis)]
  const far = collect()
  await there.subscribe('calm', far)
  await waitFor(async () => {
    const replicas = await house.servers[1].ask('INFO', 'replication')
    return String(replicas).includes('state=online')
  })
  await house.lookAgain()
  await house.failOver()
  await far.gapped()
  // The former master still answers, and cuts no connection: each end finds out at its own next look.
  await waitFor(() => {
    here.publish('calm', 'on the other server')
    return far.events.length > 0
  })
})

test('one sentinel is enough; with all of them away, who is connected stays so, and who comes is told later', async () => {
  const [first, ...others] = house.sentinels
  await first?.stop()
  await connected(house.url)
  for (const sentinel of others) await sentinel.stop()
  await redis.set('kept', 'here', { PX: 60_000 })
  const late = connected(house.url)
  for (const sentinel of house.sentinels) await sentinel.start()
  assert.equal((await (await late).get('kept'))?.toString(), 'here')
})

test('sentinels that ask for a password of their own get it', async () => {
  for (const sentinel of house.sentinels) await sentinel.ask('ACL', 'SETUSER', 'default', 'resetpass', '>theirs')
  await connected(`${house.url}?password=theirs`)
})
