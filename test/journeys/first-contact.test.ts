import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botChat, enterBot } from './bot-chat.ts'

const world = await startWorld()

test('bot, widget and Mini App at once make one user with one welcome', async (t) => {
  for (let round = 0; round < 5; round += 1) {
    const { id } = world.sandbox.telegram.addPerson({ firstName: 'Новая', languageCode: 'ru' })
    const [site, miniApp] = [new Person(world.vitte.url, t), new Person(world.vitte.url, t)]
    world.sandbox.telegram.sendText(id, 'привет')
    const [bySite, byApp] = await Promise.all([
      site.signInByWidget(world.sandbox, id),
      miniApp.openMiniApp(world.sandbox, id),
    ])
    assert.equal(bySite.id, byApp.id)
    await botChat(world.sandbox, id).hears((text) => text.includes('18'))
    const { rows } =
      await sql`SELECT user_id FROM identities WHERE provider = 'telegram' AND external_id = ${String(id)}`.execute(
        world.database.db,
      )
    assert.deepEqual(rows, [{ user_id: bySite.id }])
    assert.deepEqual((await site.me()).credits, { basic: 50, pro: 5, cassandra: 3 })
  }
})

test('what was written before 18+ and before a choice is answered once the choice is made', async (t) => {
  world.sandbox.model.control({ mode: 'echo' })
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Нетерпеливая', languageCode: 'ru' })
  const chat = botChat(world.sandbox, id)
  chat.send('сначала это')
  await chat.press((text) => text.includes('18'))
  chat.send('а потом вот это')
  await chat.hears((text) => text.includes('Выберите собеседника'))
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, id)
  await miniApp.startConversation('arina')
  await chat.hears((text) => text.includes('а потом вот это'))
  const history = await miniApp.history()
  assert.equal(history.filter(({ role, turn }) => role === 'assistant' && turn).length, 1)
  assert.equal((await miniApp.me()).credits.basic, 49)
})

test('the same update five times, also at once, is one message, one turn, one capture', async (t) => {
  world.sandbox.model.control({ mode: 'echo' })
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Эхо', languageCode: 'ru' })
  const chat = await enterBot(world.sandbox, id)
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, id)
  await miniApp.startConversation('arina')
  world.sandbox.telegram.duplicateNext(1, 4)
  chat.send('один раз')
  await chat.hears((text) => text.includes('один раз'))
  await waitFor(() => world.sandbox.telegram.pendingUpdates().length === 0)
  const history = await miniApp.history()
  assert.equal(history.filter(({ role }) => role === 'user').length, 1)
  assert.equal(chat.texts().filter((text) => text.includes('один раз')).length, 1)
  assert.equal((await miniApp.me()).credits.basic, 49)
})

test('voice, photo and sticker get a friendly line and cost nothing', async (t) => {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Голос', languageCode: 'ru' })
  const chat = await enterBot(world.sandbox, id)
  world.sandbox.telegram.sendVoice(id)
  world.sandbox.telegram.sendPhoto(id)
  world.sandbox.telegram.sendSticker(id)
  await waitFor(() => chat.texts().filter((text) => text.includes('словами')).length === 3)
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, id)
  assert.deepEqual((await miniApp.history()).map(({ contentType }) => contentType).toSorted(), [
    'photo',
    'sticker',
    'voice',
  ])
  assert.equal((await miniApp.me()).credits.basic, 50)
})

test('who blocks the bot is unreachable until they come back', async (t) => {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Тишина', languageCode: 'ru' })
  await enterBot(world.sandbox, id)
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, id)
  const reachable = async () => (await site.me()).identities.find(({ channel }) => channel === 'telegram')?.reachable
  assert.equal(await reachable(), true)
  world.sandbox.telegram.block(id)
  await waitFor(async () => (await reachable()) === false)
  world.sandbox.telegram.unblock(id)
  await waitFor(async () => (await reachable()) === true)
})
