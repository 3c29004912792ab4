import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { textOf } from './bot-chat.ts'
import { botPerson, botTalker } from './bot-steps.ts'

const world = await startWorld()
const { telegram, model } = world.sandbox
model.control({ mode: 'echo' })
const ASKED = 'Что случилось с оплатой?'
const TAKEN = 'Вопрос передан.'

const requestsOf = async (userId: string) =>
  Number(
    (
      await sql<{ n: number }>`SELECT count(*)::integer AS n FROM support_requests WHERE user_id = ${userId}`.execute(
        world.database.db,
      )
    ).rows[0]?.n,
  )

test('the words after /paysupport are passed on, once, and lie sealed', async (t) => {
  const { bot, userId } = await botPerson(world, t)
  telegram.duplicateNext(1, 3)
  bot.send('/paysupport кредиты не пришли')
  await bot.hears((text) => text.startsWith(TAKEN) && text.includes('в течение двух дней'))
  await waitFor(() => telegram.pendingUpdates().length === 0, { what: 'all updates taken' })
  assert.equal(await requestsOf(userId), 1)
  const { rows } = await sql<{ sealed: string }>`
    SELECT encode(sealed_text, 'escape') AS sealed FROM support_requests WHERE user_id = ${userId}
  `.execute(world.database.db)
  assert.ok(!rows[0]?.sealed.includes('кредиты'))
})

test('asked first, the next message is the question and no message to the companion; the one after it is', async (t) => {
  const { bot, app, userId } = await botTalker(world, t)
  bot.send('/paysupport')
  await bot.hears((text) => text.startsWith(ASKED))
  telegram.sendSticker(bot.telegramId)
  await bot.hears((text) => text.startsWith('Здесь нужны слова'))
  bot.send('заплачено дважды')
  await bot.hears((text) => text.startsWith(TAKEN))
  bot.send('а теперь поговорим')
  await bot.hears((text) => text === 'а теперь поговорим')
  assert.equal(await requestsOf(userId), 1)
  assert.ok(!(await app.history()).some(({ text }) => text.includes('дважды')))
  assert.equal((await app.me()).credits.basic, 49)
})

test('whoever goes on to something else is not asked any more, and may still answer to the question', async (t) => {
  const { bot, userId } = await botTalker(world, t)
  bot.send('/paysupport')
  await bot.hears((text) => text.startsWith(ASKED))
  bot.send('/help')
  bot.send('просто разговор')
  await bot.hears((text) => text === 'просто разговор')
  assert.equal(await requestsOf(userId), 0)
  const question = bot.messages().find((message) => textOf(message).startsWith(ASKED))
  bot.send('вот что случилось', question?.wire.message_id)
  await bot.hears((text) => text.startsWith(TAKEN))
  assert.equal(await requestsOf(userId), 1)
})

test('three questions may wait, and none is longer than can be read', async (t) => {
  const { bot, userId } = await botPerson(world, t)
  bot.send(`/paysupport ${'о'.repeat(2001)}`)
  await bot.hears((text) => /в 2\s?000 знаков/.test(text))
  for (const number of [1, 2, 3, 4]) bot.send(`/paysupport вопрос ${number}`)
  await bot.hears((text) => text.startsWith('Ваши прежние вопросы ещё ждут ответа'))
  assert.equal(await requestsOf(userId), 3)
})

test('each command about money answers in Russian and in English, before 18+ too', async () => {
  const said = {
    ru: {
      '/subscribe': /^Пополнить кредиты\n/,
      '/credits': /^Кредиты\n/,
      '/paysupport': /^Что случилось с оплатой\?/,
      '/terms': /^Условия коротко\.(.|\n)+\/paysupport/,
      '/privacy': /^Что мы храним о вас, коротко\.(.|\n)+отпечаток входа/,
    },
    en: {
      '/subscribe': /^Get credits\n/,
      '/credits': /^Credits\n/,
      '/paysupport': /^What went wrong with a payment\?/,
      '/terms': /^The terms in short\.(.|\n)+\/paysupport/,
      '/privacy': /^What we keep about you, in short\.(.|\n)+fingerprint of your login/,
    },
  }
  for (const [languageCode, answers] of Object.entries(said)) {
    const { id } = telegram.addPerson({ firstName: 'Новая', languageCode })
    for (const [command, words] of Object.entries(answers)) {
      telegram.sendText(id, command)
      await waitFor(() => telegram.replies(id).some((message) => words.test(textOf(message))), { what: command })
    }
  }
})
