import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { testCluster } from '#test/redis-cluster'
import { testSentinel } from '#test/redis-sentinel'
import type { Scope } from '#test/scope'
import { startWorld } from '#test/world'
import { enterBot } from '../journeys/bot-chat.ts'

const MASHA = 700_000_001
/** Pages are compared with the database every 15 seconds, whatever Redis does. */
const COMPARED_WITHIN_MS = 25_000

/** Somebody who writes at one process and has a page open at another. */
async function talkOver(url: string, scope: Scope) {
  const world = await startWorld(scope, { env: { REDIS_URL: url, ROLES: 'http,bot,worker' } })
  world.sandbox.model.control({ mode: 'echo' })
  const other = await world.startAnother({ ROLES: 'http' })
  await enterBot(world.sandbox, MASHA)
  const here = new Person(world.vitte.url, scope)
  await here.signInByWidget(world.sandbox, MASHA)
  await here.startConversation('arina')
  const there = new Person(other.url, scope)
  await there.openMiniApp(world.sandbox, MASHA)
  return { here, there, page: await there.watch(), processes: [world.vitte, other] }
}

test('two processes on a cluster: a question at one is seen live at the other', async (t) => {
  const cluster = await testCluster(t)
  const { here, there, page } = await talkOver(cluster.url, t)
  const { turnId } = await here.ask('через кластер')
  await page.next('message', ({ role, text }) => role === 'user' && text === 'через кластер')
  await page.next('reply.started', (data) => data.turnId === turnId)
  await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  assert.ok((await there.history()).length >= 3)
})

test('two processes behind sentinels: the master dies while somebody talks, and nobody is told of an error', async (t) => {
  const house = await testSentinel(t)
  const { here, there, page, processes } = await talkOver(house.url, t)
  const answered = async (text: string) => {
    const { turnId } = await here.ask(text)
    const line = await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId, {
      deadlineMs: COMPARED_WITHIN_MS,
    })
    assert.ok(line.text.includes(text))
  }
  await answered('до')
  await house.servers[0].stop()
  const meanwhile = answered('между')
  await house.failOver()
  await meanwhile
  await answered('после')
  const said = (await there.history()).flatMap(({ role, text }) => (role === 'user' ? [text] : []))
  assert.deepEqual(said, ['до', 'между', 'после'])
  for (const process of processes) {
    assert.equal(process.logs('redis.lost').length, 1)
    assert.equal(process.logs('redis.back').length, 1)
    assert.deepEqual(
      process.logs().filter(({ level }) => level === 'error'),
      [],
    )
  }
})
