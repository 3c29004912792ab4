import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'

// SPEC, user story 1, by the button "Войти через Telegram" (OpenID Connect); one-history.test.ts has it by the widget.
const MASHA = 700_000_001

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })
const bot = await enterBot(world.sandbox, MASHA)
const site = new Person(world.vitte.url)

test('US1.1 the button on the site leads to the whole history and the balance of the bot', async (t) => {
  const miniApp = new Person(world.vitte.url, t)
  const known = await miniApp.openMiniApp(world.sandbox, MASHA)
  await miniApp.startConversation('arina')
  bot.send('сказано в боте')
  await bot.hears((text) => text === 'сказано в боте')
  const landed = await site.enterThrough('telegram', MASHA)
  assert.deepEqual([landed.status, landed.headers.get('location')], [302, '/chat'])
  const me = await site.me()
  assert.equal(me.user.id, known.id)
  assert.deepEqual(me.credits, { basic: 49, pro: 5, cassandra: 3 })
  assert.equal(me.offers.connectTelegram, null)
  assert.deepEqual(
    (await site.history()).slice(-2).map(({ role, interface: place, text }) => `${role} ${place} ${text}`),
    ['user bot сказано в боте', 'assistant bot сказано в боте'],
  )
})

test('US1.2 what was asked on the site is there for the next visit to the bot', async (t) => {
  await site.talk('сказано на сайте')
  bot.send('помнишь, о чём мы?')
  await bot.hears((text) => text === 'помнишь, о чём мы?')
  const asked =
    world.sandbox.model
      .calls()
      .at(-1)
      ?.messages.map(({ content }) => content) ?? []
  assert.ok(asked.includes('сказано на сайте'), 'the answer in the bot knows what was said on the site')
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, MASHA)
  const told = (await miniApp.history()).filter(({ text }) => text === 'сказано на сайте')
  assert.deepEqual(
    told.map(({ role, channel, interface: place }) => [role, channel, place]),
    [
      ['user', 'web', 'browser'],
      ['assistant', 'web', 'browser'],
    ],
  )
})

test('US1.3 the bot tells the balance that the site has left', async () => {
  await site.talk('ещё один кредит')
  const { basic } = (await site.me()).credits
  assert.equal(basic, 46)
  bot.send('/credits')
  await bot.hears((text) => /\b46\b/.test(text))
})
