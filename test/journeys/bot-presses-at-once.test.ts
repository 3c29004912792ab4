import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startWorld } from '#test/world'
import { botChat, buttonsOf } from './bot-chat.ts'
import { botTalker, menu, type Talker } from './bot-steps.ts'

// By webhook the presses of one chat truly meet; by polling they come one after another.
const SECRET = 'a-secret-of-this-test'
const AT_ONCE = 5

const world = await startWorld(undefined, { env: { TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: SECRET } })
let updateId = 9_500_000

/** Presses a button several times at once: updates of their own, or the same one repeated. */
async function pressAtOnce(
  { id, bot }: Talker,
  messageId: number | null,
  words: string,
  same: boolean,
): Promise<number[]> {
  const data = await dataOf(bot, words)
  const from = { id, is_bot: false, first_name: 'Вера', language_code: 'ru' }
  const message =
    messageId === null ? {} : { message: { message_id: messageId, date: 1, chat: { id, type: 'private' } } }
  const first = updateId
  updateId += AT_ONCE
  return Promise.all(
    Array.from({ length: AT_ONCE }, async (_, index) => {
      const update_id = same ? first : first + index
      return bring({ update_id, callback_query: { id: String(update_id), from, ...message, chat_instance: '1', data } })
    }),
  )
}

async function dataOf(bot: Talker['bot'], words: string): Promise<string | undefined> {
  const { wire } = await bot.bearing((text) => text === words)
  return wire.reply_markup?.inline_keyboard.flat().find(({ text }) => text === words)?.callback_data
}

async function bring(update: object): Promise<number> {
  const answer = await fetch(new URL('/telegram/webhook', world.vitte.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
    body: JSON.stringify(update),
  })
  await answer.body?.cancel()
  return answer.status
}

async function statuses({ app }: Talker): Promise<string[]> {
  const { body } = await app.client.call<{ conversations: { status: string }[] }>('/api/conversations')
  return body.conversations.map(({ status }) => status)
}

for (const same of [false, true]) {
  test(`five ${same ? 'repeats of one press' : 'presses'} of "Начать заново" that meet begin one conversation`, async (t) => {
    const someone = await botTalker(world, t)
    const messageId = await menu(someone.bot, '/chat', 'Начать заново')
    assert.deepEqual(await pressAtOnce(someone, messageId, 'Начать заново', same), Array(AT_ONCE).fill(200))
    const shown = await someone.bot.becomes(messageId, (text) => text.includes('Начали заново'))
    assert.deepEqual(buttonsOf(shown), ['Вернуть прежний'])
    assert.deepEqual(await statuses(someone), ['active', 'archived'])
    await pressAtOnce(someone, messageId, 'Вернуть прежний', same)
    await someone.bot.becomes(messageId, (text) => text.includes('снова с вами'))
    assert.deepEqual(await statuses(someone), ['archived', 'active'])
  })
}

test('one press of 18+ that comes five times at once is answered by one greeting', async () => {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Новая', languageCode: 'ru' })
  const bot = botChat(world.sandbox, id)
  const messageId = await menu(bot, '/start', 'Мне есть 18, условия принимаю')
  const person = { id, bot } as Talker
  assert.deepEqual(
    await pressAtOnce(person, messageId, 'Мне есть 18, условия принимаю', true),
    Array(AT_ONCE).fill(200),
  )
  await bot.hears((text) => text.includes('Выберите собеседника'))
  assert.equal(bot.texts().filter((text) => text.includes('Выберите собеседника')).length, 1)
})

test('one press without its message that comes five times at once is shown once', async (t) => {
  const someone = await botTalker(world, t)
  await menu(someone.bot, '/chat', 'Продолжить общение')
  assert.deepEqual(await pressAtOnce(someone, null, 'Продолжить общение', true), Array(AT_ONCE).fill(200))
  // What is owed after it comes after it.
  await menu(someone.bot, '/settings', 'Язык')
  assert.equal(someone.bot.texts().filter((text) => text.includes('Арина здесь')).length, 1)
})

test('a press of "Вернуть прежний" that Telegram brings once more later takes nobody out of their talk', async (t) => {
  const someone = await botTalker(world, t)
  const messageId = await menu(someone.bot, '/chat', 'Начать заново')
  await someone.bot.tap('Начать заново')
  await someone.bot.becomes(messageId, (text) => text.includes('Начали заново'))
  const data = await dataOf(someone.bot, 'Вернуть прежний')
  const from = { id: someone.id, is_bot: false, first_name: 'Вера', language_code: 'ru' }
  const message = { message_id: messageId, date: 1, chat: { id: someone.id, type: 'private' } }
  updateId += 1
  const update = { update_id: updateId, callback_query: { id: 'again', from, message, chat_instance: '1', data } }
  assert.equal(await bring(update), 200)
  await someone.bot.becomes(messageId, (text) => text.includes('снова с вами'))
  const { id } = await someone.app.startConversation('cassandra')
  assert.equal(await bring(update), 200)
  assert.equal((await someone.app.me()).conversation?.id, id)
})
