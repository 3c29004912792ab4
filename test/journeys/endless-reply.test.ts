import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REPLY_MAX_LENGTH } from '#platform/llm'
import { Person } from '#test/people'
import { wholeFile } from '#test/scope'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botChat } from './bot-chat.ts'
import { startEndlessModel } from './endless-model.ts'

const REPLY_TOKENS_MAX = 800
/** The whole time for a reply; a minute where nothing is set. */
const TIMEOUT_MS = 6_000
const FAILED_WITHIN = { deadlineMs: 30_000, pauseMs: 50 }

const endless = await startEndlessModel(wholeFile)
const world = await startWorld(undefined, {
  env: {
    LLM_MODEL: 'openai-compatible:endless',
    LLM_BASE_URL: endless.baseUrl,
    LLM_API_KEY: 'key',
    LLM_TIMEOUT_MS: String(TIMEOUT_MS),
    LOG_LEVEL: 'error',
  },
})
const { telegram } = world.sandbox
const { id } = telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
const site = new Person(world.vitte.url)
await site.signInByWidget(world.sandbox, id)
await site.confirmAdult()
await site.startConversation('arina')
const bot = botChat(world.sandbox, id)

/** What is said where somebody asks, and what it cost. */
async function replyTo(place: 'bot' | 'page', question: string): Promise<{ text: string; paid: number }> {
  const before = (await site.me()).credits.basic
  if (place === 'bot') bot.send(question)
  else await site.ask(question)
  const text = await waitFor(
    async () => {
      const lines = await site.history()
      const turnId = lines.findLast((line) => line.role === 'user' && line.text === question)?.turn?.id
      return turnId && lines.find(({ role, turn }) => role === 'assistant' && turn?.id === turnId)?.text
    },
    { what: `an end of the answer to "${question}"`, deadlineMs: 40_000 },
  )
  return { text, paid: before - (await site.me()).credits.basic }
}

for (const place of ['bot', 'page'] as const) {
  test(`a model that would count to a million ends at 800 tokens where it heeds the limit: ${place}`, async () => {
    Object.assign(endless, { honours: true, slow: false })
    const { text, paid } = await replyTo(place, `считай до миллиона, ${place}`)
    assert.equal(text.split(' ').length, REPLY_TOKENS_MAX)
    assert.deepEqual(endless.answers.at(-1), { maxTokens: REPLY_TOKENS_MAX, hungUp: false })
    assert.equal(paid, 1)
  })

  test(`one that heeds no limit is hung up on at 16,000 characters, and what it said is the reply: ${place}`, async () => {
    Object.assign(endless, { honours: false, slow: false })
    const calls = endless.answers.length
    const { text, paid } = await replyTo(place, `считай без конца, ${place}`)
    assert.ok(text.length <= REPLY_MAX_LENGTH && text.length > REPLY_MAX_LENGTH - 10, `${text.length} characters`)
    assert.equal(paid, 1)
    await waitFor(() => endless.answers.at(-1)?.hungUp, { what: 'the hanging up' })
    assert.equal(endless.answers.length, calls + 1, 'nobody is asked twice')
  })
}

test('in the chat the long one stands whole, in several messages', async () => {
  const words = (texts: string[]) => texts.join(' ').replaceAll(/\s+/g, ' ').trim()
  const long = (await site.history()).find(({ channel, text }) => channel === 'telegram' && text.length > 15_000)
  assert.ok(long)
  await waitFor(() => words(bot.texts()).includes(words([long.text])), { what: 'all parts', deadlineMs: 60_000 })
  for (const text of bot.texts()) assert.ok(text.length <= 4_096)
})

test('one that speaks slowly and never ends is over with its time, and nobody pays', async (t) => {
  Object.assign(endless, { honours: false, slow: true })
  const page = await site.watch()
  t.after(() => page.close())
  const before = (await site.me()).credits
  const startedMs = performance.now()
  const [{ turnId }] = await Promise.all([site.ask('считай медленно'), bot.send('и тут медленно')])
  const told = await page.next('reply.failed', (data) => data.turnId === turnId, FAILED_WITHIN)
  assert.equal(told.code, 'model_timeout')
  assert.ok(performance.now() - startedMs >= TIMEOUT_MS)
  await bot.hears((text) => text.includes('не получился'), FAILED_WITHIN)
  await waitFor(async () => (await site.me()).credits.basic === before.basic, { what: 'the credits back' })
  await waitFor(() => endless.answers.slice(-2).every(({ hungUp }) => hungUp), { what: 'the hanging up' })
})
