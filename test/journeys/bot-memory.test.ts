import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { startWorld } from '#test/world'
import { buttonsOf, textOf } from './bot-chat.ts'
import { botPerson, botTalker, menu } from './bot-steps.ts'
import { answerDigest, lastPrompt, rememberedBy } from './memory-steps.ts'

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })
const FACTS = [
  'Есть кот Барсик',
  'Живёт в Туле',
  'Боится грозы',
  'Учится шить',
  'Любит клейстер',
  'Ждёт брата',
  'Пьёт чай',
]

test('notes are numbered, five a page; forgetting asks first, edits the list, and leaves nothing in the next prompt', async (t) => {
  const { bot, app, userId } = await botTalker(world, t)
  answerDigest(
    world.sandbox,
    'Знакомство.',
    FACTS.map((text) => ({ line: 2, text })),
  )
  bot.send('Вот всё обо мне')
  await bot.hears((text) => text === 'Вот всё обо мне')
  await rememberedBy(app, 'Пьёт чай')
  const messageId = await menu(bot, '/memory', 'Забыть 1')
  const first = await bot.becomes(messageId, (text) => text.includes('5. Любит клейстер'))
  assert.match(textOf(first), /Арина: 7 заметок о вас\./)
  assert.deepEqual(buttonsOf(first), [
    ...[1, 2, 3, 4, 5].map((number) => `Забыть ${number}`),
    '›',
    'Изменить в приложении',
    '‹ Назад',
  ])
  await bot.tap('›')
  const second = await bot.becomes(messageId, (text) => text.includes('7. Пьёт чай'))
  assert.deepEqual(buttonsOf(second).slice(0, 3), ['Забыть 6', 'Забыть 7', '‹'])
  await bot.tap('Забыть 7')
  await bot.becomes(messageId, (text) => text.includes('насовсем?') && text.includes('Пьёт чай'))
  await bot.tap('Оставить')
  await bot.becomes(messageId, (text) => text.includes('7. Пьёт чай'))
  await bot.tap('Забыть 7')
  const { callbackQueryId } = await bot.tap('Забыть')
  assert.equal(await bot.toldOver(callbackQueryId), 'Забыто')
  await bot.becomes(messageId, (text) => text.includes('6. Ждёт брата') && !text.includes('7.'))
  assert.deepEqual(
    (await app.memory()).map(({ text }) => text),
    FACTS.slice(0, 6),
  )
  bot.send('Что ты знаешь?')
  await bot.hears((text) => text === 'Что ты знаешь?')
  assert.ok(!lastPrompt(world.sandbox).includes('Пьёт чай'))
  const { rows } = await sql<{ notice: string }>`
    SELECT notice::text AS notice FROM deliveries WHERE user_id = ${userId} AND notice IS NOT NULL
  `.execute(world.database.db)
  assert.ok(
    rows.every(({ notice }) => FACTS.every((text) => !notice.includes(text))),
    'no note stands in a notice',
  )
})

test('forgetting what is forgotten already shows the list as it is', async (t) => {
  const { bot, app } = await botTalker(world, t)
  answerDigest(world.sandbox, 'Знакомство.', [{ line: 2, text: 'Есть кот Барсик' }])
  await app.talk('У меня кот')
  const fact = await rememberedBy(app, 'Есть кот Барсик')
  const messageId = await menu(bot, '/memory', 'Забыть 1')
  await bot.tap('Забыть 1')
  await bot.becomes(messageId, (text) => text.includes('насовсем?'))
  await app.client.call(`/api/memory/${fact.id}`, { method: 'DELETE' })
  const { callbackQueryId } = await bot.tap('Забыть')
  assert.equal(await bot.toldOver(callbackQueryId), 'Этого уже нет.')
  await bot.becomes(messageId, (text) => text.includes('пока ничего не знает'))
})

test('without a conversation, or without notes, /memory says so', async (t) => {
  const newcomer = await botPerson(world, t)
  newcomer.bot.send('/memory')
  await newcomer.bot.hears((text) => text.includes('когда начнётся разговор'))
  const talker = await botTalker(world, t)
  talker.bot.send('/memory')
  await talker.bot.hears((text) => text.includes('Арина пока ничего не знает'))
})
