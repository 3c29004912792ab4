import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { LANE_WAITING_MAX } from '#contract/limits'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'

const QUESTIONS = LANE_WAITING_MAX

const world = await startWorld(undefined, { env: { WELCOME_CREDITS_TELEGRAM: 'basic:60' } })
world.sandbox.model.control({ mode: 'echo' })

async function newcomer(t: TestContext) {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Много', languageCode: 'ru' })
  const bot = await enterBot(world.sandbox, id)
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, id)
  await miniApp.startConversation('arina')
  const site = new Person(world.vitte.url, t)
  const user = await site.signInByWidget(world.sandbox, id)
  return { id, bot, miniApp, site, userId: user.id }
}

test('sixty questions at once over three interfaces: order in each lane, exact books', async (t) => {
  const { bot, miniApp, site, userId } = await newcomer(t)
  const numbers = Array.from({ length: QUESTIONS }, (_, index) => index)
  for (const number of numbers) bot.send(`бот ${number}.`)
  const answers = await Promise.all(
    numbers.flatMap((number) => [site.post(`сайт ${number}.`), miniApp.post(`приложение ${number}.`)]),
  )
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [202])
  const history = await waitFor(
    async () => {
      const lines = await site.history()
      return lines.filter(({ role, turn }) => role === 'assistant' && turn).length === 3 * QUESTIONS ? lines : null
    },
    { deadlineMs: 60_000, what: 'sixty answers' },
  )
  for (const place of ['bot', 'browser', 'webapp']) {
    const asked = history
      .filter(({ role, interface: lane }) => role === 'user' && lane === place)
      .map(({ turn }) => turn?.id)
    const answered = history.filter(({ role, interface: lane, turn }) => role === 'assistant' && lane === place && turn)
    assert.deepEqual(
      answered.map(({ turn }) => turn?.id),
      asked,
    )
  }
  assert.deepEqual(
    history.map(({ seq }) => seq),
    history.map((_, index) => index + 1),
  )
  assert.equal((await site.me()).credits.basic, 0)
  const { rows } = await sql<{ type: string; sum: number }>`
    SELECT type, sum(amount)::integer AS sum FROM ledger_entries WHERE user_id = ${userId} GROUP BY type
  `.execute(world.database.db)
  for (const { sum } of rows) assert.equal(sum, 0)
  // One chat gets a message a second.
  await waitFor(() => bot.texts().filter((text) => text.includes('бот ')).length === QUESTIONS, { deadlineMs: 60_000 })
  const sent = bot.texts().filter((text) => text.includes('бот '))
  assert.deepEqual(
    sent.map((text) => Number(/бот (\d+)/.exec(text)?.[1])),
    sent.map((text) => Number(/бот (\d+)/.exec(text)?.[1])).toSorted((a, b) => a - b),
  )
})

test('a lane that is held up holds up no other, and its twenty-first waiting question is refused', async (t) => {
  const { miniApp, site, bot } = await newcomer(t)
  world.sandbox.model.control({ failures: [{ kind: 'hang-before-first-token', times: null, question: 'замри' }] })
  t.after(() => world.sandbox.model.control({ failures: [] }))
  const { turnId } = await site.ask('замри')
  await waitFor(async () => (await site.history()).some(({ turn }) => turn?.id === turnId && turn.state === 'running'))
  for (let waiting = 0; waiting < LANE_WAITING_MAX; waiting += 1)
    assert.equal((await site.post(`жду ${waiting}`)).status, 202)
  const refused = await site.post('ещё одно')
  assert.equal(refused.status, 429)
  assert.equal((refused.body as unknown as { code: string }).code, 'lane_full')
  await miniApp.talk('а здесь свободно')
  bot.send('и здесь тоже')
  await bot.hears((text) => text.includes('и здесь тоже'))
  assert.equal((await site.client.call(`/api/turns/${turnId}/cancel`, { method: 'POST' })).status, 202)
  await waitFor(async () =>
    (await site.history()).some(({ role, text }) => role === 'assistant' && text.includes('жду 0')),
  )
})
