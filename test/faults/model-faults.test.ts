import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { REPLY_MAX_LENGTH } from '#platform/llm'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { FAILURES, type FailureKind } from '../../sandbox/model/index.ts'
import { botChat, textOf } from '../journeys/bot-chat.ts'
import { booked } from './answered-once.ts'

/** What a page is told when this is all the model does; null: it is an answer, if a short one. */
const CODES: Record<FailureKind, string | null> = {
  '429': 'model_rate_limited',
  '500': 'model_unavailable',
  '503': 'model_unavailable',
  html: 'model_malformed',
  reset: 'model_unavailable',
  'hang-before-headers': 'model_timeout',
  'hang-before-first-token': 'model_timeout',
  'hang-midstream': 'model_timeout',
  'reset-midstream': 'model_unavailable',
  'cut-midstream': 'model_malformed',
  malformed: 'model_malformed',
  'error-midstream': 'model_unavailable',
  empty: 'model_empty',
  filtered: 'model_refused',
  length: null,
  megabyte: null,
}
const TELEGRAM_TEXT_MAX_LENGTH = 4096
const APOLOGY = 'не получился'
const FAILED_WITHIN = { deadlineMs: 30_000, pauseMs: 50 }

const world = await startWorld(undefined, {
  env: {
    LLM_FIRST_TOKEN_TIMEOUT_MS: '1500',
    LLM_TIMEOUT_MS: '8000',
    WELCOME_CREDITS_TELEGRAM: 'basic:100',
    LOG_LEVEL: 'error',
  },
})
const { model, telegram } = world.sandbox
model.control({ mode: 'echo' })
const inBot = await somebody('bot')
const onPage = await somebody('browser')
const bot = botChat(world.sandbox, inBot.id)

for (const kind of FAILURES) {
  const code = CODES[kind]
  if (code === null)
    test(`a model that does "${kind}": what can be used of it is the reply, paid once`, () => trimmed(kind))
  else
    test(`a model that does "${kind}": ${code}, nothing is paid, and asked again it answers`, (t) =>
      failed(t, kind, code))
}

async function somebody(place: 'bot' | 'browser') {
  const { id } = telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const site = new Person(world.vitte.url)
  await site.signInByWidget(world.sandbox, id)
  await site.confirmAdult()
  await site.startConversation('arina')
  if (place === 'browser') return { id, site }
  telegram.sendText(id, 'до того')
  await botChat(world.sandbox, id).hears((text) => text === 'до того')
  return { id, site }
}

/** Meets whoever asks this, and nobody else. */
function meetWith(kind: FailureKind): string {
  const text = `скажи мне про ${kind} хотя бы несколько слов`
  model.control({ failures: [{ kind, times: null, question: text }] })
  return text
}

async function failed(t: TestContext, kind: FailureKind, code: string): Promise<void> {
  const text = meetWith(kind)
  const page = await onPage.site.watch()
  t.after(() => page.close())
  const credits = await creditsOf(inBot.site, onPage.site)
  const apologies = apologiesInBot()
  const { turnId } = await onPage.site.ask(text)
  bot.send(text)
  const told = await page.next('reply.failed', (data) => data.turnId === turnId, FAILED_WITHIN)
  assert.equal(told.code, code)
  await waitFor(() => apologiesInBot() === apologies + 1, { ...FAILED_WITHIN, what: 'the apology in the bot' })
  const turnIds = [turnId, await turnOf(inBot.site, text)]
  assert.deepEqual(await creditsOf(inBot.site, onPage.site), credits)
  for (const [index, site] of [onPage.site, inBot.site].entries()) {
    const lines = (await site.history()).filter(({ turn }) => turn?.id === turnIds[index])
    assert.deepEqual(
      lines.map(({ role, turn }) => [role, turn?.state, turn?.code]),
      [['user', 'failed', code]],
    )
    assert.deepEqual(await booked(world, turnIds[index] ?? ''), ['hold 1', 'release 1'])
  }

  model.control({ failures: [] })
  await bot.tap('Повторить')
  assert.equal((await onPage.site.client.call(`/api/turns/${turnId}/retry`, { method: 'POST' })).status, 202)
  await bot.hears((shown) => shown === text)
  for (const [index, site] of [onPage.site, inBot.site].entries()) {
    assert.deepEqual(await repliesTo(site, turnIds[index] ?? ''), [text])
    assert.deepEqual(await booked(world, turnIds[index] ?? ''), ['hold 1', 'release 1', 'hold 1', 'capture 1'])
  }
  assert.equal(bot.texts().filter((shown) => shown === text).length, 1)
}

async function trimmed(kind: FailureKind): Promise<void> {
  const shownBefore = bot.messages().length
  const text = meetWith(kind)
  const { turnId } = await onPage.site.ask(text)
  usable(kind, text, await repliesTo(onPage.site, turnId))
  assert.deepEqual(await booked(world, turnId), ['hold 1', 'capture 1'])
  bot.send(text)
  const inBotId = await turnOf(inBot.site, text)
  const replies = await repliesTo(inBot.site, inBotId)
  usable(kind, text, replies)
  assert.deepEqual(await booked(world, inBotId), ['hold 1', 'capture 1'])
  const parts = () => bot.messages().slice(shownBefore).map(textOf)
  const whole = letters(replies.join(''))
  await waitFor(() => letters(parts().join('')) === whole, { ...FAILED_WITHIN, what: 'all parts in the bot' })
  assert.ok(parts().every((part) => part.trim() !== '' && part.length <= TELEGRAM_TEXT_MAX_LENGTH))
}

function usable(kind: FailureKind, text: string, [reply = '', ...more]: string[]): void {
  assert.deepEqual(more, [])
  assert.ok(reply.trim() !== '' && reply.length <= REPLY_MAX_LENGTH, `${reply.length} units`)
  assert.ok(kind === 'length' ? text.startsWith(reply) : reply.length > REPLY_MAX_LENGTH - text.length)
}

function letters(text: string): string {
  return text.replaceAll(/\s/g, '')
}

function apologiesInBot(): number {
  return bot.texts().filter((text) => text.includes(APOLOGY)).length
}

async function creditsOf(...people: Person[]): Promise<number[]> {
  return Promise.all(people.map(async (person) => (await person.me()).credits.basic))
}

/** The turn of this question, once it is taken in. */
function turnOf(site: Person, text: string): Promise<string> {
  return waitFor(
    async () => (await site.history()).find((line) => line.role === 'user' && line.text === text)?.turn?.id,
  )
}

/** The answers to a turn in the history, once there is one. */
function repliesTo(site: Person, turnId: string): Promise<string[]> {
  return waitFor(async () => {
    const replies = (await site.history()).filter(({ role, turn }) => role === 'assistant' && turn?.id === turnId)
    return replies.length > 0 ? replies.map(({ text }) => text) : null
  }, FAILED_WITHIN)
}
