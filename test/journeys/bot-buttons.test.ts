import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { holdUser } from '#test/hold-user'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botChat, buttonsOf, textOf } from './bot-chat.ts'
import { botTalker, LAST_TRAM, menu, type Talker } from './bot-steps.ts'

const world = await startWorld()
const { telegram, model } = world.sandbox
model.control({ mode: 'echo' })
const PAST = 'Эта кнопка из прошлого. Вот что есть сейчас.'
const START = '💕 Начать общение'

/** The data of a button as it lies in the message. */
function dataOf({ bot }: Talker, messageId: number, words: string): string {
  const found = bot.messages().find(({ wire }) => wire.message_id === messageId)
  const button = found?.wire.reply_markup?.inline_keyboard.flat().find(({ text }) => text === words)
  return button?.callback_data ?? ''
}

/** Any callback query at all, as Telegram would bring it. */
function pushPress({ id }: Talker, data: string, message: object | undefined): void {
  const from = { id, is_bot: false, first_name: 'Вера', language_code: 'ru' }
  const query = { id: `forged-${id}-${data}`, from, chat_instance: '1', data, ...(message ? { message } : {}) }
  telegram.pushUpdate({ callback_query: query }, id)
}

/** What a press was answered with, whether Telegram knew it or not. */
const answers = ({ id }: Talker, data: string) =>
  waitFor(
    () =>
      telegram
        .calls({ method: 'answerCallbackQuery' })
        .find(({ params }) => params.callback_query_id === `forged-${id}-${data}`),
    { what: 'an answer to a press' },
  )

test('a button from before says so and becomes the present menu; nothing has changed', async (t) => {
  const someone = await botTalker(world, t)
  const old = await menu(someone.bot, '/chat', 'Начать заново')
  await someone.app.startConversation('cassandra')
  someone.bot.send('скажи что-нибудь')
  await someone.bot.hears((text) => text === 'скажи что-нибудь')
  const before = (await someone.app.me()).conversation?.id
  const message = { message_id: old, date: 1, chat: { id: someone.id, type: 'private' } }
  for (const data of ['Начать заново', 'Продолжить общение'].map((words) => dataOf(someone, old, words))) {
    pushPress(someone, data, message)
    assert.equal((await answers(someone, data)).params.text, PAST)
    const shown = await someone.bot.becomes(old, (text) => text.startsWith('Кассандра'))
    assert.equal(buttonsOf(shown)[0], START)
  }
  assert.equal((await someone.app.me()).conversation?.id, before)
})

test('forged data, data of an earlier make and another person’s button do nothing but show the menu', async (t) => {
  const [someone, other] = [await botTalker(world, t), await botTalker(world, t)]
  const messageId = await menu(someone.bot, '/chat', 'Начать заново')
  const theirs = await menu(other.bot, '/chat', 'Начать заново')
  const own = dataOf(someone, messageId, 'Начать заново')
  const foreign = dataOf(other, theirs, 'Начать заново')
  const languages = await menu(other.bot, '/settings', 'Язык')
  await other.bot.tap('Язык')
  await other.bot.becomes(languages, (_text, buttons) => buttons.includes('English'))
  const english = dataOf(other, languages, 'English')
  const message = { message_id: messageId, date: 1, chat: { id: someone.id, type: 'private' } }
  const before = [(await someone.app.me()).conversation?.id, (await other.app.me()).conversation?.id]
  for (const data of [
    foreign,
    english,
    `${own.slice(0, -4)}AAAA`,
    own.replace('restart', 'restore'),
    'adult',
    '💕',
    'x'.repeat(64),
  ]) {
    pushPress(someone, data, message)
    const { params } = await answers(someone, data)
    assert.equal(params.text, PAST, data)
    await someone.bot.becomes(messageId, (text) => text.startsWith(LAST_TRAM) && !text.includes('?'))
  }
  assert.deepEqual([(await someone.app.me()).conversation?.id, (await other.app.me()).conversation?.id], before)
  assert.equal((await someone.app.me()).user.locale, 'ru')
})

test('a press without its message is answered, and what it shows comes as a message of its own', async (t) => {
  const someone = await botTalker(world, t)
  const messageId = await menu(someone.bot, '/chat', 'Начать заново')
  pushPress(someone, dataOf(someone, messageId, 'Продолжить общение'), undefined)
  await someone.bot.hears((text) => text.includes('Арина здесь'))
  const { id } = telegram.addPerson({ firstName: 'Никто', languageCode: 'ru' })
  const nobody = { id, bot: botChat(world.sandbox, id) } as Talker
  pushPress(nobody, 'restart:x:AAAAAAAAAAA', undefined)
  assert.equal((await answers(nobody, 'restart:x:AAAAAAAAAAA')).params.text, PAST)
  const { rows } = await sql`SELECT 1 FROM identities WHERE external_id = ${String(id)}`.execute(world.database.db)
  assert.deepEqual(rows, [], 'and makes nobody a user')
})

test('what cannot be edited any more comes as a new message, the deed done once', async (t) => {
  const someone = await botTalker(world, t)
  await menu(someone.bot, '/chat', 'Начать заново')
  const description = "Bad Request: message can't be edited"
  const fault = { kind: 'error', method: 'editMessageText', chatId: someone.id, errorCode: 400, description } as const
  telegram.faults.add({ ...fault, times: 1 })
  await someone.bot.tap('Начать заново')
  await someone.bot.hears((text) => text.includes('Начали заново'))
  await someone.bot.tap('Вернуть прежний')
  await someone.bot.hears((text) => text.includes('снова с вами'))
})

test('while the user is held up the press is answered in time, and done when the way is free', async (t) => {
  const someone = await botTalker(world, t)
  const messageId = await menu(someone.bot, '/chat', 'Начать заново')
  const letGo = await holdUser(world.database, someone.userId)
  t.after(letGo)
  const { callbackQueryId } = await someone.bot.tap('Начать заново')
  assert.match(await someone.bot.toldOver(callbackQueryId), /немного медленно/)
  await letGo()
  await someone.bot.becomes(messageId, (text) => text.includes('Начали заново'))
})

test('a reply is reported by answering to it, or the last one; the operator gets that exchange', async (t) => {
  const someone = await botTalker(world, t)
  someone.bot.send('/report')
  await someone.bot.hears((text) => text.includes('не на что пожаловаться'))
  for (const text of ['первое', 'второе', 'третье']) {
    someone.bot.send(text)
    await someone.bot.hears((heard) => heard === text)
  }
  const first = someone.bot.messages().find((message) => textOf(message) === 'первое')
  someone.bot.send('/report', first?.wire.message_id)
  await someone.bot.hears((text) => text.includes('Оператор увидит только'))
  someone.bot.send('/report')
  await waitFor(() => someone.bot.texts().filter((text) => text.includes('Оператор увидит только')).length === 2)
  const { rows } = await sql<{ turn_id: string }>`
    SELECT turn_id FROM reply_reports WHERE user_id = ${someone.userId} ORDER BY turn_id
  `.execute(world.database.db)
  const turns = (await someone.app.history())
    .filter(({ role, text }) => role === 'user' && ['первое', 'третье'].includes(text))
    .map(({ turn }) => turn?.id)
  assert.deepEqual(
    rows.map(({ turn_id: id }) => id),
    turns,
  )
})

test('a failed reply keeps its "Повторить"; where it no longer fits it says so and goes', async (t) => {
  const someone = await botTalker(world, t)
  model.control({ failures: [{ kind: 'empty', times: null, question: 'не получится' }] })
  t.after(() => model.control({ failures: [] }))
  someone.bot.send('не получится')
  const failed = await someone.bot.bearing((text) => text === 'Повторить', { deadlineMs: 20_000 })
  model.control({ failures: [] })
  const data = dataOf(someone, failed.wire.message_id, 'Повторить')
  await someone.bot.tap('Повторить')
  await someone.bot.hears((text) => text === 'не получится')
  await someone.bot.becomes(failed.wire.message_id, (_text, buttons) => buttons.length === 0)
  const message = { message_id: failed.wire.message_id, date: 1, chat: { id: someone.id, type: 'private' } }
  pushPress(someone, data, message)
  assert.match(String((await answers(someone, data)).params.text), /Повторить этот ответ уже нельзя/)
})

test('whoever presses before 18+ is asked for it', async () => {
  const { id } = telegram.addPerson({ firstName: 'Новая', languageCode: 'ru' })
  const bot = botChat(world.sandbox, id)
  const messageId = await menu(bot, '/settings', '‹ Назад')
  await bot.tap('‹ Назад')
  await bot.becomes(messageId, (_text, buttons) => buttons.some((text) => text.includes('18')))
  await bot.press((text) => text.includes('18'))
  await bot.hears((text) => text.includes('Выберите собеседника'))
})
