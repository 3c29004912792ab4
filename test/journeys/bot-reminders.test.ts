import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REMINDER_TEXT_MAX_LENGTH } from '#contract/limits'
import { granted } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { buttonsOf, textOf } from './bot-chat.ts'
import { botPerson, botTalker, menu, type Talker } from './bot-steps.ts'
import { lastPrompt } from './memory-steps.ts'

const PER_PAGE = 8
const HOUR_MS = 3_600_000

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })

const inMoscow = ({ app }: Talker) =>
  app.client.call('/api/me', { method: 'PATCH', body: { timezone: 'Europe/Moscow' } })
const texts = async ({ app }: Talker) =>
  (await app.client.call<{ reminders: { text: string }[] }>('/api/reminders')).body.reminders.map(({ text }) => text)

/** As if the time of everything that this person waits for had come. */
async function timeComes({ userId }: Talker, minutesAgo = 0): Promise<void> {
  await world.database.pool.query(
    `UPDATE reminders SET remind_at = now() - make_interval(mins => $2), due_at = now() WHERE user_id = $1 AND due_at IS NOT NULL`,
    [userId, minutesAgo],
  )
}

test('US5: a reminder comes in the bot when it was asked for, stands in the history, and costs nothing', async (t) => {
  const talker = await botTalker(world, t)
  const { bot, app } = talker
  const { credits } = await app.me()
  bot.send('/remind 1s выключить духовку')
  await bot.hears((text) => text === '⏰ Вы просили напомнить: выключить духовку')
  const line = (await app.history()).at(-1)
  assert.deepEqual(
    [line?.role, line?.channel, line?.interface, line?.text],
    ['assistant', 'telegram', 'bot', '⏰ Вы просили напомнить: выключить духовку'],
  )
  await waitFor(async () => (await app.history()).at(-1)?.delivery?.status === 'sent', {
    what: 'a delivery that is known',
  })
  assert.deepEqual((await app.me()).credits, credits)
  assert.deepEqual(await texts(talker), [])
})

test('it is confirmed in the person’s own time and can be taken back by the button below', async (t) => {
  const talker = await botPerson(world, t)
  const { bot } = talker
  await inMoscow(talker)
  const messageId = await menu(bot, '/remind завтра в 9:00 позвонить маме', 'Отменить')
  const set = await bot.becomes(messageId, (text) => text.includes('позвонить маме'))
  assert.match(textOf(set), /^Хорошо, напомню \d+ \S+.* 09:00\.\n\nпозвонить маме$/)
  assert.deepEqual(await texts(talker), ['позвонить маме'])
  await bot.tap('Отменить')
  const gone = await bot.becomes(messageId, (text) => text.includes('больше нет'))
  assert.deepEqual(buttonsOf(gone), [])
  assert.deepEqual(await texts(talker), [])
})

test('an update that Telegram sends three times sets one reminder and confirms it once', async (t) => {
  const talker = await botPerson(world, t)
  const { bot } = talker
  world.sandbox.telegram.duplicateNext(1, 3)
  bot.send('/remind 2h проветрить')
  await bot.hears((text) => text.includes('проветрить'))
  bot.send('/remind 3h полить цветы')
  await bot.hears((text) => text.includes('полить цветы'))
  assert.deepEqual(await texts(talker), ['проветрить', 'полить цветы'])
  assert.equal(bot.texts().filter((text) => text.includes('проветрить')).length, 1)
})

test('/remind alone lists them, eight a page, and each can be removed where it stands', async (t) => {
  const talker = await botPerson(world, t)
  const { bot } = talker
  bot.send('/remind')
  await bot.hears((text) => text.includes('ничего не ждёт') && text.includes('/remind 10m'))
  for (let hours = 1; hours <= PER_PAGE + 2; hours += 1) {
    const at = new Date(Date.now() + hours * HOUR_MS).toISOString()
    granted(await talker.app.client.call('/api/reminders', { body: { at, text: `дело ${hours}` } }), 201)
  }
  const messageId = await menu(bot, '/remind', 'Убрать 1')
  const first = await bot.becomes(messageId, (text) => text.includes('8. '))
  assert.ok(!textOf(first).includes('9. '))
  await bot.tap('›')
  const second = await bot.becomes(messageId, (text) => text.includes('10. '))
  assert.deepEqual(buttonsOf(second).slice(0, 3), ['Убрать 9', 'Убрать 10', '‹'])
  const { callbackQueryId } = await bot.tap('Убрать 10')
  assert.equal(await bot.toldOver(callbackQueryId), 'Убрано')
  await bot.becomes(messageId, (text) => text.includes('дело 9') && !text.includes('дело 10'))
  await bot.tap('‹')
  await bot.becomes(messageId, (text) => text.includes('дело 1\n'))
  await bot.tap('Убрать 1')
  await bot.becomes(messageId, (text) => !text.includes('дело 1\n') && text.includes('дело 9'))
  assert.equal((await texts(talker)).length, PER_PAGE)
})

test('bad input: each is told what is wrong, with examples, and nothing is set', async (t) => {
  const talker = await botPerson(world, t)
  const { bot } = talker
  await inMoscow(talker)
  const told = {
    '/remind когда-нибудь': 'Не получилось понять',
    '/remind вчера в 9:00 чай': 'уже прошло',
    '/remind через 6 лет чай': 'пять лет',
    '/remind 10m': 'о чём напомнить',
    [`/remind 10m ${'я'.repeat(REMINDER_TEXT_MAX_LENGTH + 1)}`]: 'Слишком длинно',
  }
  for (const [line, words] of Object.entries(told)) {
    const before = bot.texts().length
    bot.send(line)
    const answer = await waitFor(() => bot.texts()[before], { what: words })
    assert.ok(answer.includes(words) && answer.includes('/remind 10m'), answer)
  }
  assert.deepEqual(await texts(talker), [])
})

test('a time of the clock needs a time zone: it is asked for, and then the same line works', async (t) => {
  const talker = await botPerson(world, t)
  const { bot } = talker
  const messageId = await menu(bot, '/remind завтра в 9:00 чай', 'Новосибирск +7')
  await bot.becomes(messageId, (text) => text.startsWith('Чтобы не ошибиться со временем'))
  await bot.tap('Новосибирск +7')
  await bot.becomes(messageId, (text) => text.includes('Часовой пояс: Новосибирск'))
  bot.send('/remind завтра в 9:00 чай')
  await bot.hears((text) => /^Хорошо, напомню .*09:00/.test(text))
  assert.deepEqual(await texts(talker), ['чай'])
})

test('asked for in the talk, it is set beside the answer, and the companion knows of it', async (t) => {
  const talker = await botTalker(world, t)
  const { bot } = talker
  await inMoscow(talker)
  const wish = 'Напомни мне завтра в девять купить хлеб'
  bot.send(wish)
  await bot.hears((text) => text === wish)
  await bot.hears((text) => /^Хорошо, напомню .*09:00\.\n\nкупить хлеб$/.test(text))
  assert.deepEqual(await texts(talker), ['купить хлеб'])
  assert.match(lastPrompt(world.sandbox), /Напоминание, о котором человек сейчас просит, уже поставлено на/)
  bot.send('Напомни, о чём мы говорили')
  await bot.hears((text) => text === 'Напомни, о чём мы говорили')
  assert.deepEqual(await texts(talker), ['купить хлеб'])
  assert.ok(!lastPrompt(world.sandbox).includes('уже поставлено'))
})

test('a person who blocked the bot is not written to, and the reminder is over', async (t) => {
  const talker = await botPerson(world, t)
  const { bot, id, userId } = talker
  bot.send('/remind 2h чай')
  await bot.hears((text) => text.endsWith('чай'))
  world.sandbox.telegram.block(id)
  await waitFor(async () => (await talker.app.me()).identities.every(({ reachable }) => !reachable), {
    what: 'a block',
  })
  const before = bot.texts().length
  await timeComes(talker)
  const { pool } = world.database
  const skipped = await waitFor(
    async () => (await pool.query('SELECT skipped FROM initiatives WHERE user_id = $1', [userId])).rows[0]?.skipped,
    { what: 'a reason' },
  )
  assert.equal(skipped, 'unreachable')
  assert.equal(bot.texts().length, before)
})

test('what came due while everything was down comes all the same, and says when it was meant', async (t) => {
  const talker = await botPerson(world, t)
  await inMoscow(talker)
  talker.bot.send('/remind 2h чай')
  await talker.bot.hears((text) => text.endsWith('чай'))
  await timeComes(talker, 200)
  await talker.bot.hears((text) => /^⏰ Вы просили напомнить: чай \(должно было прийти .*\d\d:\d\d\)$/.test(text))
})
