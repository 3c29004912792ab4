import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botChat } from '../journeys/bot-chat.ts'
import { allSettled } from './all-settled.ts'
import { answeredOnce } from './answered-once.ts'

/** Its leases and its place at Telegram are somebody else's after twenty seconds. */
const TAKEN_OVER = { deadlineMs: 60_000, pauseMs: 100 }

test('a frozen process that polls: another one takes its place and its turns, and both go on when it wakes', async (t) => {
  const world = await startWorld(t, { redis: true, env: { TELEGRAM_MODE: 'polling' } })
  const { model, telegram } = world.sandbox
  model.control({ mode: 'echo' })
  const { id } = telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, id)
  await site.confirmAdult()
  await site.startConversation('arina')
  const bot = botChat(world.sandbox, id)
  model.control({ hold: true })
  bot.send('пока пишется')
  await waitFor(() => model.calls().length === 1)
  world.vitte.signal('SIGSTOP')
  t.after(() => world.vitte.signal('SIGCONT'))
  model.control({ hold: false })
  bot.send('пока спит')
  const other = await world.startAnother()
  await bot.hears((text) => text === 'пока пишется', TAKEN_OVER)
  await bot.hears((text) => text === 'пока спит', TAKEN_OVER)

  world.vitte.signal('SIGCONT')
  bot.send('проснулся')
  await bot.hears((text) => text === 'проснулся', TAKEN_OVER)
  await world.vitte.stop()
  await allSettled(world, 3)
  const history = await site.at(other.url).history()
  for (const text of ['пока пишется', 'пока спит', 'проснулся']) {
    await answeredOnce(world, history, { place: 'bot', text })
    assert.equal(bot.texts().filter((shown) => shown === text).length, 1, text)
  }
})
