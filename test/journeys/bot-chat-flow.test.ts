import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botChat, buttonsOf, textOf } from './bot-chat.ts'
import { botPerson, botTalker, heardOpening, LAST_TRAM, menu, type Talker } from './bot-steps.ts'

// CHAT (the Vitte decision), line by line, in the bot.
const world = await startWorld()
const { telegram, model } = world.sandbox
model.control({ mode: 'echo' })

const START = '💕 Начать общение'
const MENU = [START, 'Память', 'Настройки', 'Кредиты', 'Помощь', 'Открыть Vitte']
const QUESTION = ['Продолжить общение', 'Начать заново']

async function conversations({ app }: Talker) {
  const { body } = await app.client.call<{ conversations: { id: string; status: string }[] }>('/api/conversations')
  return body.conversations
}

const activeId = async ({ app }: Talker) => (await app.me()).conversation?.id

test('/start asks for 18+ first, then offers to choose in the Mini App; the disclosure stays in the chat', async () => {
  const { id } = telegram.addPerson({ firstName: 'Новая', languageCode: 'ru' })
  const bot = botChat(world.sandbox, id)
  bot.send('/start')
  const asked = await bot.bearing((text) => text.includes('18'))
  assert.match(textOf(asked), /искусственного интеллекта/)
  const { messageId } = await bot.press((text) => text.includes('18'))
  const chosen = await bot.tap('Выбрать собеседника')
  assert.equal(chosen.webApp, `${world.vitte.url}/app/characters`)
  const left = await bot.becomes(messageId, (_text, buttons) => buttons.length === 0)
  assert.match(textOf(left), /искусственного интеллекта/)
})

test('/chat before 18+ asks for 18+; without a conversation it opens the Mini App at the characters', async (t) => {
  const { id } = telegram.addPerson({ firstName: 'Новая', languageCode: 'ru' })
  const bot = botChat(world.sandbox, id)
  bot.send('/chat')
  await bot.bearing((text) => text.includes('18'))
  const someone = await botPerson(world, t)
  const messageId = await menu(someone.bot, '/chat', 'Выбрать собеседника')
  const pressed = telegram.press(someone.id, messageId, { row: 0 })
  assert.equal(pressed.webApp, `${world.vitte.url}/app/characters`)
})

test('with a conversation /start is the menu; its portrait came before the opening line, and only once over the wire', async (t) => {
  const someone = await botTalker(world, t)
  const shown = someone.bot.messages()
  const portrait = shown.findIndex(({ wire }) => wire.photo)
  assert.equal(shown[portrait]?.wire.caption, LAST_TRAM)
  assert.match(textOf(shown[portrait + 1] ?? ({ wire: shown[0]?.wire } as never)), /^Кажется, приехали/)
  const messageId = await menu(someone.bot, '/start', START)
  const [main] = someone.bot.messages().filter(({ wire }) => wire.message_id === messageId)
  assert.ok(main)
  assert.deepEqual(buttonsOf(main), MENU)
  assert.match(textOf(main), new RegExp(`^${LAST_TRAM}\n`))
  assert.deepEqual(main.wire.entities?.[0], { type: 'bold', offset: 0, length: LAST_TRAM.length })
  await someone.app.startConversation('arina', 'quiet-evening')
  await waitFor(() => someone.bot.messages().filter(({ wire }) => wire.photo).length === 2)
  const sent = telegram.calls({ method: 'sendPhoto', chatId: someone.id }).map(({ params }) => params.photo)
  assert.equal(typeof sent.at(-1), 'string', 'the second time by its file_id')
  const description = 'Bad Request: wrong remote file identifier specified: Wrong string length'
  telegram.faults.add({ kind: 'error', method: 'sendPhoto', chatId: someone.id, errorCode: 400, description, times: 1 })
  await someone.app.startConversation('arina')
  await waitFor(() => someone.bot.messages().filter(({ wire }) => wire.photo).length === 3)
})

test('the button and /chat ask alike, and "Продолжить общение" goes on without another conversation', async (t) => {
  const someone = await botTalker(world, t)
  const before = await activeId(someone)
  const main = await menu(someone.bot, '/start', START)
  await someone.bot.tap(START)
  const asked = await someone.bot.becomes(main, (text) => text.includes('Продолжить с Ариной?'))
  assert.deepEqual(buttonsOf(asked), QUESTION)
  assert.ok(textOf(asked).startsWith(LAST_TRAM))
  const messageId = await menu(someone.bot, '/chat', 'Продолжить общение')
  await someone.bot.tap('Продолжить общение')
  const gone = await someone.bot.becomes(messageId, (text) => text.includes('Арина здесь'))
  assert.deepEqual(buttonsOf(gone), [])
  assert.equal(await activeId(someone), before)
  someone.bot.send('и снова здравствуй')
  await someone.bot.hears((text) => text === 'и снова здравствуй')
})

test('"Начать заново" archives, cancels what is being written, gives the credit back, and can be taken back', async (t) => {
  const someone = await botTalker(world, t)
  const before = await activeId(someone)
  model.control({ hold: true })
  t.after(() => model.control({ hold: false }))
  someone.bot.send('этого ответа не будет')
  await waitFor(async () => (await someone.app.me()).credits.basic === 49)
  const messageId = await menu(someone.bot, '/chat', 'Начать заново')
  await someone.bot.tap('Начать заново')
  const anew = await someone.bot.becomes(messageId, (text) => text.includes('Начали заново'))
  assert.match(textOf(anew), /в архиве до \d+ \S+/)
  assert.deepEqual(buttonsOf(anew), ['Вернуть прежний'])
  assert.deepEqual(
    (await conversations(someone)).map(({ id, status }) => [id === before, status]),
    [
      [false, 'active'],
      [true, 'archived'],
    ],
  )
  assert.equal((await someone.app.me()).credits.basic, 50)
  const turn = (await someone.app.history()).find(({ text }) => text === 'этого ответа не будет')?.turn
  assert.equal(turn?.state, 'cancelled')
  model.control({ hold: false })
  await heardOpening(someone)
  await someone.bot.tap('Вернуть прежний')
  await someone.bot.becomes(messageId, (text) => text.includes('снова с вами'))
  assert.equal(await activeId(someone), before)
})

test('five presses of "Начать заново" at once begin one conversation, and all of them show the same', async (t) => {
  const someone = await botTalker(world, t)
  const messageId = await menu(someone.bot, '/chat', 'Начать заново')
  const presses = await Promise.all(Array.from({ length: 5 }, () => someone.bot.tap('Начать заново')))
  for (const { callbackQueryId } of presses) assert.equal(await someone.bot.toldOver(callbackQueryId), '')
  const shown = await someone.bot.becomes(messageId, (text) => text.includes('Начали заново'))
  assert.deepEqual(buttonsOf(shown), ['Вернуть прежний'])
  await waitFor(() => telegram.pendingUpdates().length === 0)
  assert.equal((await conversations(someone)).length, 2)
})

test('after thirty days there is no way back, and the present conversation stays', async (t) => {
  const someone = await botTalker(world, t)
  const messageId = await menu(someone.bot, '/chat', 'Начать заново')
  await someone.bot.tap('Начать заново')
  await someone.bot.becomes(messageId, (text) => text.includes('Начали заново'))
  const now = await activeId(someone)
  await sql`UPDATE conversations SET archived_at = archived_at - interval '31 days' WHERE user_id = ${someone.userId}`.execute(
    world.database.db,
  )
  await someone.bot.tap('Вернуть прежний')
  const told = await someone.bot.becomes(messageId, (text) => text.includes('нельзя вернуть'))
  assert.deepEqual(buttonsOf(told), [START])
  assert.equal(await activeId(someone), now)
})

test('commands stand in both languages, help names each of them, and the menu button opens the Mini App', async (t) => {
  for (const languageCode of ['ru', 'en']) {
    const someone = await botPerson(world, t, languageCode)
    const commands = telegram.commandsFor(someone.id) ?? []
    someone.bot.send('/help')
    const help = await someone.bot.hears((text) => text.includes('/report — '))
    for (const { command, description } of commands) assert.ok(help.includes(`/${command} — ${description}`), command)
    const promised = [...help.matchAll(/^\/(\w+)/gm)].map(([, command]) => command)
    assert.deepEqual(
      promised,
      commands.map(({ command }) => command),
    )
    const button = telegram.menuButtonFor(someone.id)
    assert.deepEqual(button, { type: 'web_app', text: 'Vitte', web_app: { url: `${world.vitte.url}/app` } })
  }
})

test('/credits tells three balances and what a reply costs, and leads to what can be bought', async (t) => {
  const someone = await botTalker(world, t)
  const messageId = await menu(someone.bot, '/credits', 'Пополнить')
  const [told] = someone.bot.messages().filter(({ wire }) => wire.message_id === messageId)
  assert.ok(told)
  assert.match(textOf(told), /50 обычных кредитов\n5 про-кредитов\n3 кредита Кассандры\n/)
  assert.match(textOf(told), /Арина: один ответ стоит 1 обычный кредит\./)
  await someone.bot.tap('Пополнить')
  const shop = await someone.bot.becomes(messageId, (text) => text.includes('за звёзды Telegram'))
  const links = shop.wire.reply_markup?.inline_keyboard.flat().filter(({ url }) => url?.startsWith('https://t.me/$'))
  assert.equal(links?.length, 4)
  await someone.bot.tap('‹ Назад')
  await someone.bot.becomes(messageId, (text) => text.startsWith('Кредиты\n50'))
})
