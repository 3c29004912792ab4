import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'

// SPEC, user story 1: a Telegram user with web access.
const MASHA = 700_000_001

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })
const masha = await enterBot(world.sandbox, MASHA)
const miniApp = new Person(world.vitte.url)
await miniApp.openMiniApp(world.sandbox, MASHA)
await miniApp.startConversation('arina')
masha.send('первый вопрос из бота')
await masha.hears((text) => text.includes('первый вопрос из бота'))

test('US1.1: who signs in on the site with Telegram sees the whole history and the balance', async (t) => {
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, MASHA)
  const history = await site.history()
  assert.deepEqual(
    history.map(({ role, interface: place }) => [role, place]),
    [
      ['assistant', 'bot'],
      ['user', 'bot'],
      ['assistant', 'bot'],
    ],
  )
  assert.deepEqual(
    history.map(({ seq }) => seq),
    [1, 2, 3],
  )
  assert.equal((await site.me()).credits.basic, 49)
})

test('US1.2: a message from the site is part of the one history, and the bot is not told its answer', async (t) => {
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, MASHA)
  const before = masha.texts().length
  const reply = await site.talk('вопрос с сайта')
  assert.deepEqual([reply.channel, reply.interface], ['web', 'browser'])
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, MASHA)
  assert.ok(
    (await miniApp.history()).some(({ text, interface: place }) => text === 'вопрос с сайта' && place === 'browser'),
  )
  assert.equal(masha.texts().length, before)
  const prompt =
    world.sandbox.model
      .calls()
      .at(-1)
      ?.messages.map(({ content }) => content) ?? []
  assert.ok(prompt.includes('первый вопрос из бота'), 'the answer on the site knows what was said in the bot')
})

test('US1.3: credits spent on the site are gone in the bot', async (t) => {
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, MASHA)
  await site.talk('ещё один вопрос')
  const { basic } = (await site.me()).credits
  masha.send('/credits')
  const told = await masha.hears((text) => text.includes('кредит'))
  assert.ok(told.includes(String(basic)), `${told} should name ${basic}`)
})
