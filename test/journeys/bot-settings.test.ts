import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startWorld } from '#test/world'
import { buttonsOf, textOf } from './bot-chat.ts'
import { botPerson, botTalker, menu } from './bot-steps.ts'

const world = await startWorld()

test('each setting edits the menu, and the other surfaces see it', async (t) => {
  const { bot, app } = await botTalker(world, t)
  const messageId = await menu(bot, '/settings', 'Часовой пояс')
  await bot.tap('Часовой пояс')
  await bot.becomes(messageId, (text) => text.includes('пока не выбран'))
  await bot.tap('Новосибирск +7')
  await bot.becomes(messageId, (text) => text.includes('Часовой пояс: Новосибирск (UTC+7)'))
  assert.equal((await app.me()).user.timezone, 'Asia/Novosibirsk')

  assert.equal((await app.me()).user.proactive.enabled, false)
  await bot.tap('Писать первым')
  await bot.tap('Да, пусть пишет')
  await bot.becomes(messageId, (text) => text.includes('Собеседник пишет первым: да'))
  assert.equal((await app.me()).user.proactive.enabled, true)
  await bot.tap('Писать первым')
  await bot.tap('Нет, не надо')
  await bot.becomes(messageId, (text) => text.includes('Собеседник пишет первым: нет'))
  assert.equal((await app.me()).user.proactive.enabled, false)

  await bot.tap('Тихие часы')
  await bot.tap('23:00–08:00')
  await bot.becomes(messageId, (text) => text.includes('Тихие часы: 23:00–08:00'))
  assert.equal((await app.me()).user.proactive.quietHours, '23:00-08:00')
  await bot.tap('Тихие часы')
  await bot.tap('Без тихих часов')
  await bot.becomes(messageId, (text) => text.includes('Тихие часы: без тихих часов'))
  assert.equal((await app.me()).user.proactive.quietHours, 'none')

  await bot.tap('Язык')
  await bot.tap('English')
  const english = await bot.becomes(messageId, (text) => text.includes('Language: English'))
  assert.ok(buttonsOf(english).includes('Time zone'))
  assert.equal((await app.me()).user.locale, 'en')
  await bot.tap('‹ Back')
  await bot.becomes(messageId, (text) => text.startsWith('Arina · “The last tram”'))
})

test('what was chosen elsewhere is ticked here, and what no button offers is shown in words', async (t) => {
  const { bot, app } = await botPerson(world, t)
  const changed = { timezone: 'America/New_York', proactive: { enabled: true, quietHours: '20:30-06:30' } }
  await app.client.call('/api/me', { method: 'PATCH', body: changed })
  const messageId = await menu(bot, '/settings', 'Тихие часы')
  const settings = await bot.becomes(messageId, (text) => text.includes('New York (UTC-'))
  assert.match(textOf(settings), /первым: да, иногда\nТихие часы: 20:30–06:30/)
  await bot.tap('Писать первым')
  const first = await bot.becomes(messageId, (_text, buttons) => buttons.includes('✓ Да, пусть пишет'))
  assert.ok(buttonsOf(first).includes('Нет, не надо'))
  await bot.tap('‹ Назад')
  await bot.tap('Часовой пояс')
  const zones = await bot.becomes(messageId, (text) => text.includes('у вас сейчас'))
  assert.ok(buttonsOf(zones).every((words) => !words.startsWith('✓')))
  const other = await bot.tap('Другой: в приложении')
  assert.equal(other.webApp, `${world.vitte.url}/app/settings`)
})

test('a choice pressed twice, or come twice, is made once and says so once', async (t) => {
  const { bot, app } = await botPerson(world, t)
  const messageId = await menu(bot, '/settings', 'Тихие часы')
  await bot.tap('Тихие часы')
  await bot.bearing((text) => text === '21:00–08:00')
  world.sandbox.telegram.duplicateNext(1, 3)
  const { callbackQueryId } = await bot.tap('21:00–08:00')
  assert.equal(await bot.toldOver(callbackQueryId), 'Сохранено')
  await bot.becomes(messageId, (text) => text.includes('Тихие часы: 21:00–08:00'))
  assert.equal((await app.me()).user.proactive.quietHours, '21:00-08:00')
})
