import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'
import { notToBeAsked } from './bot-steps.ts'
import { hearsNext, stranger, webUser } from './link-steps.ts'

// SPEC, user story 4: the Mini App.
const MASHA = 700_000_001

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })
const bot = await enterBot(world.sandbox, MASHA)
const miniApp = new Person(world.vitte.url)

test('US4.1 a button of the bot opens the Mini App, and its signed data alone signs in', async () => {
  const { telegram } = world.sandbox
  const opened = await waitFor(() => {
    for (const { wire } of telegram.replies(MASHA)) {
      const button = wire.reply_markup?.inline_keyboard.flat().find((each) => each.web_app)
      if (button) return telegram.press(MASHA, wire.message_id, { text: button.text }).webApp
    }
    return null
  })
  assert.ok(opened.startsWith(`${world.vitte.url}/app`), opened)
  const user = await miniApp.openMiniApp(world.sandbox, MASHA)
  assert.equal(miniApp.client.cookies().size, 0, 'nothing but the token')
  const me = await miniApp.me()
  assert.deepEqual([me.user.id, me.user.displayName], [user.id, 'Маша Орлова'])
  assert.ok(me.user.adultConfirmedAt, 'what was confirmed in the bot counts here')
})

test('US4.2 what was written in the Mini App is in the history when the person is back in the bot', async () => {
  await notToBeAsked(miniApp)
  await miniApp.startConversation('arina')
  await miniApp.talk('пишу из приложения')
  bot.send('я снова в боте')
  await bot.hears((text) => text === 'я снова в боте')
  const asked =
    world.sandbox.model
      .calls()
      .at(-1)
      ?.messages.map(({ content }) => content) ?? []
  assert.ok(asked.includes('пишу из приложения'))
  const lines = (await miniApp.history()).map(({ channel, interface: place, text }) => `${channel} ${place} ${text}`)
  assert.ok(lines.includes('telegram webapp пишу из приложения'))
  assert.ok(lines.includes('telegram bot я снова в боте'))
})

test('US4.3 bot and Mini App tell one balance, whoever spent', async () => {
  for (const spend of [
    () => miniApp.talk('плачу в приложении'),
    async () => {
      bot.send('плачу в боте')
      await bot.hears((text) => text === 'плачу в боте')
    },
  ]) {
    await spend()
    const { basic } = (await miniApp.me()).credits
    assert.match(await hearsNext(bot, () => bot.send('/credits')), new RegExp(`\\b${basic}\\b`))
  }
  assert.equal((await miniApp.me()).credits.basic, 46)
})

test('opening the Mini App never links: the browser’s reader and this Telegram stay two', async (t) => {
  const web = await webUser(world, t)
  const { id } = stranger(world)
  const inside = await web.site.client.call<{ user: { id: string } }>('/api/auth/telegram/mini-app', {
    body: { initData: world.sandbox.telegram.initData(id) },
  })
  assert.equal(inside.status, 200)
  assert.notEqual(inside.body.user.id, web.userId)
  assert.equal((await web.site.me()).identities.length, 1)
})
