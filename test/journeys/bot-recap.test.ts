import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { textOf } from './bot-chat.ts'
import { botTalker, menu, type Talker } from './bot-steps.ts'

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })
const HEAD = 'Пока вас не было:'

const recaps = ({ bot }: Talker) => bot.messages().filter((message) => textOf(message).startsWith(HEAD))

test('after a talk on the site and in the Mini App the bot tells once what was said, as quotations', async (t) => {
  const someone = await botTalker(world, t)
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, someone.id)
  await site.talk('первое на сайте')
  await site.talk('сказано на сайте')
  await someone.app.talk('сказано в приложении')
  const { basic } = (await site.me()).credits
  const main = await menu(someone.bot, '/start', '💕 Начать общение')
  const [recap] = recaps(someone)
  assert.ok(recap)
  assert.ok(recap.wire.message_id < main, 'first what happened, then the menu')
  assert.equal(
    textOf(recap),
    [
      HEAD,
      'Вы, на сайте\nсказано на сайте',
      'Арина, на сайте\nсказано на сайте',
      'Вы, в приложении\nсказано в приложении',
      'Арина, в приложении\nсказано в приложении',
      '…и ещё 2 сообщения до этого.',
    ].join('\n\n'),
  )
  const quoted = recap.wire.entities?.filter(({ type }) => type === 'blockquote') ?? []
  assert.deepEqual(
    quoted.map(({ offset, length }) => textOf(recap).slice(offset, offset + length)),
    ['сказано на сайте', 'сказано на сайте', 'сказано в приложении', 'сказано в приложении'],
  )
  await menu(someone.bot, '/start', '💕 Начать общение')
  await menu(someone.bot, '/chat', 'Продолжить общение')
  someone.bot.send('а здесь тоже слышно?')
  await someone.bot.hears((text) => text === 'а здесь тоже слышно?')
  assert.equal(recaps(someone).length, 1)
  assert.equal((await site.me()).credits.basic, basic - 1, 'a recap costs nothing')
  const history = await site.history()
  assert.ok(
    history.every(({ text }) => !text.includes(HEAD)),
    'and is no line of the history',
  )
})

test('"Продолжить общение" tells it too, before anything is asked here', async (t) => {
  const someone = await botTalker(world, t)
  const messageId = await menu(someone.bot, '/chat', 'Продолжить общение')
  await someone.app.talk('тем временем в приложении')
  await someone.bot.tap('Продолжить общение')
  await someone.bot.becomes(messageId, (text) => text.includes('Арина здесь'))
  await waitFor(() => recaps(someone).length === 1)
  await someone.bot.send('продолжаем')
  await someone.bot.hears((text) => text === 'продолжаем')
  assert.equal(recaps(someone).length, 1)
})

test('long lines and odd ones are cut at a word and stand on one line', async (t) => {
  const someone = await botTalker(world, t)
  const long = `Начало\r\n\n${'долгого рассказа '.repeat(60)}`
  await someone.app.talk(long)
  await menu(someone.bot, '/start', '💕 Начать общение')
  const [recap] = recaps(someone)
  const [quote] = recap?.wire.entities?.filter(({ type }) => type === 'blockquote') ?? []
  assert.ok(recap && quote)
  const quoted = textOf(recap).slice(quote.offset, quote.offset + quote.length)
  assert.match(quoted, /^Начало долгого рассказа [^\n]*(долгого|рассказа)…$/)
  assert.ok(quoted.length <= 160)
})

test('whose lines are gone is told nothing, and what comes after is not held up', async (t) => {
  const someone = await botTalker(world, t)
  const notice = JSON.stringify({ key: 'recap', args: { lines: '01a2028b-e075-73b6-8004-9416217cd200', more: 0 } })
  await world.database.pool.query(
    `INSERT INTO deliveries (id, user_id, channel, interface, address, notice, purpose, state, due_at)
     VALUES (gen_random_uuid(), $1, 'telegram', 'bot', $2, $3, 'notice', 'pending', now())`,
    [someone.userId, String(someone.id), notice],
  )
  await menu(someone.bot, '/chat', 'Продолжить общение')
  assert.equal(recaps(someone).length, 0)
  const { rows } = await world.database.pool.query(
    `SELECT state, last_error FROM deliveries WHERE user_id = $1 AND notice->>'key' = 'recap'`,
    [someone.userId],
  )
  assert.deepEqual(rows, [{ state: 'failed', last_error: 'nothing_to_show' }])
})

test('what was told of one talk is not told again when it is brought back after another', async (t) => {
  const someone = await botTalker(world, t)
  const first = (await someone.app.me()).conversation
  await someone.app.talk('в первом разговоре')
  await menu(someone.bot, '/chat', 'Продолжить общение')
  await someone.app.startConversation('cassandra')
  await someone.app.talk('во втором разговоре')
  await menu(someone.bot, '/chat', 'Продолжить общение')
  await someone.app.restoreConversation(first?.id ?? '')
  await menu(someone.bot, '/chat', 'Продолжить общение')
  assert.equal(recaps(someone).length, 2)
})
