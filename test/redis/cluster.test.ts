import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLimits } from '#edges/http'
import { createRedisPresence } from '#platform/presence'
import { startClusterNode, testCluster } from '#test/redis-cluster'
import { wholeFile } from '#test/scope'
import { tempFolder } from '#test/temp-folder'
import { waitFor } from '#test/wait-for'
import { collect } from '../../src/platform/live/live-contract.ts'
import { connected, contractsOver, liveOver } from './contracts.ts'

/** A command for a node that is gone is refused, not held back until there is another. */
const AT_ONCE_MS = 2_000

const cluster = await testCluster()
const [redis, otherRedis] = [await connected(cluster.url), await connected(cluster.url)]

/** A user and the topic in this part of the slots. */
async function topicIn(part: number): Promise<string> {
  for (let n = 0; ; n += 1) if ((await cluster.partOf(`live:in-${part}-${n}`)) === part) return `in-${part}-${n}`
}

contractsOver('over a cluster', [redis, otherRedis])

test('keys are where the cluster looks for them, with and without braces', async () => {
  for (const key of [
    'a',
    'user:1',
    'presence:{01980000-0000-7000-8000-000000000001}',
    'x{}y',
    'x{y',
    'ключ',
    '{a}{b}',
  ]) {
    await redis.set(key, key, { PX: 60_000 })
    assert.equal((await otherRedis.get(key))?.toString(), key)
    assert.equal(await redis.del(key), 1)
    assert.equal(await otherRedis.get(key), null)
  }
})

test('processes on a cluster share the figures of limits', async () => {
  const [here, there] = [createLimits({ redis }), createLimits({ redis: otherRedis })]
  const takes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, n) => (n % 2 ? here : there).take('mailCodePerAddress', 'shared')),
  )
  assert.equal(takes.filter(({ status }) => status === 'fulfilled').length, 5)
})

test('a slot that moves takes its subscribers along: they hear of a gap, and then what is said', async () => {
  const topic = await topicIn(0)
  const [here, there] = [liveOver(redis), liveOver(otherRedis)]
  const [moving, staying] = [collect(), collect()]
  await there.subscribe(topic, moving)
  await there.subscribe(await topicIn(1), staying)
  await cluster.moveSlot(`live:${topic}`, 2)
  await moving.gapped()
  here.publish(topic, 'after the move')
  await moving.has(1)
  assert.deepEqual([moving.events, staying.gaps()], [['after the move'], 0])
})

test('a master is killed: nothing throws or waits, its replica takes over, and all hear of the gap and go on', async () => {
  const [lost, kept] = [await topicIn(1), await topicIn(2)]
  const [here, there] = [liveOver(redis), liveOver(otherRedis)]
  const [own, far, unmoved] = [collect(), collect(), collect()]
  await here.subscribe(lost, own)
  await there.subscribe(lost, far)
  await there.subscribe(kept, unmoved)
  const dying = cluster.parts[1]?.master
  await dying?.stop()
  await waitFor(() => !redis.isReady && !otherRedis.isReady)
  here.publish(lost, 'into the void')
  here.publish(kept, 'still here')
  await Promise.all([own.has(1), unmoved.has(1)])
  const startedMs = performance.now()
  await assert.rejects(redis.get(`live:${lost}`))
  assert.deepEqual(await createRedisPresence({ redis }).of('whoever'), { online: [], typing: [] })
  assert.ok(performance.now() - startedMs < AT_ONCE_MS)

  await cluster.failOver(1)
  await Promise.all([own.gapped(), far.gapped()])
  await waitFor(() => redis.isReady && otherRedis.isReady)
  here.publish(lost, 'again')
  await Promise.all([own.has(2), far.has(1)])
  assert.deepEqual([own.events, far.events], [['into the void', 'again'], ['again']])
  assert.deepEqual([unmoved.events, unmoved.gaps()], [['still here'], 0])

  // The former master comes back as a replica; nothing is said twice.
  await dying?.start()
  here.publish(lost, 'once')
  here.publish(lost, 'last')
  await far.has(3)
  assert.deepEqual(far.events, ['again', 'once', 'last'])
})

test('a cluster that asks for a password gets it at every node', async () => {
  const node = await startClusterNode(wholeFile, await tempFolder(wholeFile))
  await node.ask('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  await node.ask('CONFIG', 'SET', 'requirepass', 'p@ss')
  const guarded = await connected(`redis+cluster://:p%40ss@127.0.0.1:${node.port}`)
  await waitFor(async () => (await guarded.set('a', 'b', { PX: 60_000 })) === 'OK')
})

test('all nodes gone and back, empty: found again without being told', async () => {
  const live = liveOver(redis)
  const collected = collect()
  await live.subscribe('all', collected)
  const serving = cluster.parts.flatMap(({ master, replica }) => [master, replica])
  for (const node of serving) await node.stop()
  await assert.rejects(redis.set('a', 'b', { PX: 1_000 }))
  await Promise.all(serving.map((node) => node.start()))
  await collected.gapped()
  await waitFor(() => redis.isReady)
  await waitFor(async () => (await redis.set('a', 'b', { PX: 60_000 })) === 'OK')
})
