import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'

// SPEC, SC-010: switching channels loses no context.
const MASHA = 700_000_001

const world = await startWorld()
const { model } = world.sandbox
model.control({ mode: 'echo' })

/** The talk in the last prompt, as the model was given it. */
const lastTalk = () =>
  (model.calls().at(-1)?.messages ?? []).filter(({ role }) => role !== 'system').map(({ content }) => content)
const lastSystem = () =>
  model
    .calls()
    .at(-1)
    ?.messages.find(({ role }) => role === 'system')?.content ?? ''

test('SC-010 bot, then site, then Mini App, then bot: each prompt holds the same talk, in order, and says where it is', async (t) => {
  const bot = await enterBot(world.sandbox, MASHA)
  const app = new Person(world.vitte.url, t)
  await app.openMiniApp(world.sandbox, MASHA)
  const { story } = await app.startConversation('arina')
  assert.ok(story)
  const [opening] = await app.history()
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, MASHA)

  bot.send('раз: в боте')
  await bot.hears((text) => text.includes('раз: в боте'))
  assert.deepEqual(lastTalk(), [opening?.text, 'раз: в боте'])
  assert.match(lastSystem(), /в Telegram/)

  await site.talk('два: на сайте')
  assert.deepEqual(lastTalk(), [opening?.text, 'раз: в боте', 'раз: в боте', 'два: на сайте'])
  assert.match(lastSystem(), /на сайте/)

  await app.talk('три: в приложении')
  const three = [opening?.text, ...['раз: в боте', 'два: на сайте'].flatMap((text) => [text, text])]
  assert.deepEqual(lastTalk(), [...three, 'три: в приложении'])
  assert.match(lastSystem(), /в приложении внутри Telegram/)

  bot.send('четыре: снова в боте')
  await bot.hears((text) => text === 'четыре: снова в боте')
  assert.deepEqual(lastTalk(), [...three, 'три: в приложении', 'три: в приложении', 'четыре: снова в боте'])
})
