import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { throwawayPostgres } from '#test/postgres'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { enterBot } from '../journeys/bot-chat.ts'

const MASHA = 700_000_001

test('the model gone: an apology where it was asked, credits back, and a way to try again', async (t) => {
  const world = await startWorld(t, { env: { LLM_FIRST_TOKEN_TIMEOUT_MS: '1000', LLM_TIMEOUT_MS: '3000' } })
  const bot = await enterBot(world.sandbox, MASHA)
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, MASHA)
  await site.startConversation('arina')
  const page = await site.watch()
  world.sandbox.model.control({ mode: 'echo', failures: [{ kind: '503', times: null }] })
  const { turnId } = await site.ask('есть кто?')
  await page.next('reply.failed', (data) => data.turnId === turnId, { deadlineMs: 20_000 })
  bot.send('а здесь?')
  await bot.hears((text) => text.includes('не получился'), { deadlineMs: 20_000 })
  assert.equal((await site.me()).credits.basic, 50)
  const failed = (await site.history()).find(({ turn }) => turn?.id === turnId)
  assert.equal(failed?.turn?.state, 'failed')

  world.sandbox.model.control({ failures: [] })
  // The breaker probes again within five seconds.
  await bot.press((text) => text === 'Повторить')
  await waitFor(
    async () => {
      if (bot.texts().includes('а здесь?')) return true
      await site.client.call(`/api/turns/${turnId}/retry`, { method: 'POST' })
      return false
    },
    { deadlineMs: 30_000, pauseMs: 500, what: 'the answer after the retry' },
  )
})

test('the database gone: 503 with a sentence, the bot’s updates wait, and all goes on by itself', async (t) => {
  const postgres = await throwawayPostgres(t)
  const world = await startWorld(t, { env: { DATABASE_URL: postgres.connectionString } })
  world.sandbox.model.control({ mode: 'echo' })
  const bot = await enterBot(world.sandbox, MASHA)
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, MASHA)
  await site.startConversation('arina')
  await postgres.stop()
  const refused = await waitFor(async () => {
    const answer = await site.post('в темноте')
    return answer.status === 503 ? answer : null
  })
  assert.ok(refused.headers.get('retry-after'))
  assert.equal((await site.client.call('/readyz')).status, 503)
  assert.equal((await site.client.call('/healthz')).status, 200)
  bot.send('слышно?')
  await postgres.start()
  await bot.hears((text) => text === 'слышно?', { deadlineMs: 30_000 })
  assert.equal((await site.client.call('/readyz')).status, 200)
})
