import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botTalker, menu, notToBeAsked, type Talker } from './bot-steps.ts'
import { askForLink, said } from './link-steps.ts'
import { answerDigest, rememberedBy } from './memory-steps.ts'
import { callRoute, readRoutes } from './route-steps.ts'

// Ids are no secrets: who knows one of somebody else's gets what they would get for one that does not exist.
const world = await startWorld()
const { telegram, model } = world.sandbox
model.control({ mode: 'echo' })
const routes = (await readRoutes(world.vitte.url)).filter(
  (each) => each['x-owner'] === 'user' && each.path.includes('{') && each.path !== '/api/personas/{id}',
)

/** Somebody who has one of everything. */
async function owner(t: TestContext): Promise<Talker> {
  const person = await botTalker(world, t)
  await notToBeAsked(person.app)
  await person.app.startConversation('arina')
  answerDigest(world.sandbox, 'О коте.', [{ line: 2, text: 'Есть кот' }])
  person.bot.send('у меня кот')
  await person.bot.hears((text) => text === 'у меня кот')
  await rememberedBy(person.app, 'Есть кот')
  const at = new Date(Date.now() + 86_400_000).toISOString()
  granted(await person.app.client.call('/api/reminders', { body: { at, text: 'покормить кота' } }), 201)
  granted(await person.app.client.call('/api/payments/invoices', { body: { offerId: 'pack-small' } }), 201)
  await waitFor(async () => (await person.app.history()).every(({ delivery }) => delivery?.status !== 'pending'), {
    what: 'everything in the chat',
  })
  return person
}

/** Every id in the database that leads to this person, by the table it lies in. */
async function idsOf(userId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ kind: string; id: string }>`
    SELECT 'user' AS kind, ${userId} AS id
    UNION ALL SELECT 'message', id::text FROM messages WHERE user_id = ${userId}
    UNION ALL SELECT 'conversation', id::text FROM conversations WHERE user_id = ${userId}
    UNION ALL SELECT 'turn', id::text FROM turns WHERE user_id = ${userId}
    UNION ALL SELECT 'delivery', id::text FROM deliveries WHERE user_id = ${userId}
    UNION ALL SELECT 'session', id::text FROM sessions WHERE user_id = ${userId}
    UNION ALL SELECT 'identity', id::text FROM identities WHERE user_id = ${userId}
    UNION ALL SELECT 'fact', id::text FROM facts WHERE user_id = ${userId}
    UNION ALL SELECT 'reminder', id::text FROM reminders WHERE user_id = ${userId}
    UNION ALL SELECT 'order', id::text FROM orders WHERE user_id = ${userId}
    UNION ALL SELECT 'key', id::text FROM user_keys WHERE user_id = ${userId}
    UNION ALL SELECT 'export', id::text FROM exports WHERE user_id = ${userId}
  `.execute(world.database.db)
  return new Map(rows.map(({ kind, id }) => [kind, id]))
}

/** All that a person sees of their own. */
async function wholeOf(person: Person): Promise<string> {
  const paths = ['me', 'messages?limit=100', 'memory', 'reminders', 'conversations', 'credits/entries', 'subscription']
  const bodies: unknown[] = []
  for (const path of paths) bodies.push((await person.client.call(`/api/${path}`)).body)
  const { sessions } = granted(await person.client.call<{ sessions: { id: string }[] }>('/api/sessions'))
  return JSON.stringify([bodies, sessions.map(({ id }) => id)])
}

test('an id of somebody else’s answers like one that does not exist, byte for byte, and nothing of theirs changes', async (t) => {
  const person = await owner(t)
  const stranger = await botTalker(world, t)
  const ids = await idsOf(person.userId)
  for (const kind of ['message', 'turn', 'delivery', 'session', 'fact', 'reminder', 'order'])
    assert.ok(ids.has(kind), kind)
  const before = await wholeOf(person.app)
  assert.ok(routes.length > 8)
  for (const route of routes) {
    const absent = await callRoute(stranger.app, route, randomUUID())
    assert.equal(absent.status, 404, `${route.method} ${route.path}`)
    for (const [kind, id] of ids) {
      const answer = await callRoute(stranger.app, route, id)
      assert.deepEqual([answer.status, answer.body], [404, absent.body], `${kind}: ${route.method} ${route.path}`)
    }
  }
  assert.equal(await wholeOf(person.app), before)
})

test('a stream gives its own person’s lines, whatever id it is resumed from', async (t) => {
  const person = await owner(t)
  const stranger = await botTalker(world, t)
  const last = (await person.app.history()).at(-1)?.seq ?? 0
  for (const id of [0, 1, last, last + 1, ...(await idsOf(person.userId)).values()]) {
    const page = await stranger.app.watch(id)
    await stranger.app.talk(`своё ${id}`)
    await page.next('message', ({ text, role }) => role === 'assistant' && text === `своё ${id}`)
    const lines = page.all('message').map(({ text }) => text)
    assert.ok(!lines.some((text) => text.includes('кот')), `${id}: ${lines}`)
    await page.close()
  }
})

test('a link that two logins of one browser proved is nobody else’s, and a bot’s link tells no ids', async (t) => {
  const person = await owner(t)
  const token = await askForLink(person.bot)
  const web = new Person(world.vitte.url, t)
  await web.signInByMail(world.sandbox, 'looks@example.org')
  const shown = await web.previewLink(token)
  assert.equal(shown.status, 200)
  for (const [kind, id] of await idsOf(person.userId)) assert.ok(!JSON.stringify(shown.body).includes(id), kind)
  const stranger = await botTalker(world, t)
  assert.match(said(await stranger.app.confirmLink(token)), /^4\d\d/)
})

test('a button of somebody else’s chat does nothing in another one, neither do its data made anew', async (t) => {
  const person = await owner(t)
  const stranger = await botTalker(world, t)
  const [fact] = await person.app.memory()
  assert.ok(fact)
  await menu(person.bot, '/chat', 'Начать заново')
  person.bot.send('/settings')
  await person.bot.press((text) => text.includes('Язык'))
  await person.bot.bearing((text) => text === 'English')
  const data = person.bot
    .messages()
    .flatMap(
      ({ wire }) => wire.reply_markup?.inline_keyboard.flat().flatMap((button) => button.callback_data ?? []) ?? [],
    )
  const bare = data.map((each) => each.slice(0, each.lastIndexOf(':') + 1))
  assert.ok(
    data.some((each) => each.startsWith('language:en:')),
    `one that would work without its tag: ${data}`,
  )
  const before = [await wholeOf(person.app), await wholeOf(stranger.app)]
  for (const each of [...data, ...bare, `erase:${fact.id}:AAAAAAAAAAA`, `restart:${randomUUID()}:`]) {
    pressAs(stranger.id, stranger.bot.messages().at(-1)?.wire.message_id ?? 1, each)
  }
  await waitFor(() => telegram.pendingUpdates().length === 0)
  assert.deepEqual([await wholeOf(person.app), await wholeOf(stranger.app)], before)
})

test('commands in groups and channels are not heard, whoever sends them, and leave nobody behind', async (t) => {
  const person = await owner(t)
  const before = await wholeOf(person.app)
  const from = { id: person.id, is_bot: false, first_name: 'Вера', language_code: 'ru' }
  for (const type of ['group', 'supergroup', 'channel']) {
    for (const text of ['/start', '/link', '/memory', '/credits', '/remind 2s привет', 'у меня кот']) {
      const chat = { id: -person.id, type, title: 'x' }
      const entities = text.startsWith('/')
        ? [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]?.length }]
        : []
      telegram.pushUpdate({ message: { message_id: 1, date: 1, from, chat, text, entities } }, person.id)
    }
  }
  await waitFor(() => telegram.pendingUpdates().length === 0)
  assert.equal(await wholeOf(person.app), before)
  assert.ok(!telegram.calls().some(({ chatId }) => chatId !== undefined && chatId < 0))
})

test('a message that was forwarded, or quotes somebody, is its sender’s own and nobody else’s', async (t) => {
  const person = await owner(t)
  const stranger = await botTalker(world, t)
  const before = await wholeOf(person.app)
  const from = { id: stranger.id, is_bot: false, first_name: 'Вера', language_code: 'ru' }
  const origin = { id: person.id, is_bot: false, first_name: 'Вера' }
  const quoted = person.bot.messages().at(-1)?.wire
  telegram.pushUpdate(
    {
      message: {
        message_id: 700_000_000,
        date: Math.floor(Date.now() / 1000),
        from,
        chat: { id: stranger.id, type: 'private', first_name: 'Вера' },
        forward_origin: { type: 'user', date: 1, sender_user: origin },
        forward_from: origin,
        reply_to_message: quoted,
        text: 'переслано',
      },
    },
    stranger.id,
  )
  await stranger.bot.hears((text) => text === 'переслано')
  assert.equal(await wholeOf(person.app), before)
})

/** A press by somebody's app that sends what data it likes. */
function pressAs(id: number, messageId: number, data: string): void {
  const from = { id, is_bot: false, first_name: 'Вера', language_code: 'ru' }
  const message = { message_id: messageId, date: 1, chat: { id, type: 'private', first_name: 'Вера' } }
  telegram.pushUpdate({ callback_query: { id: randomUUID(), from, message, chat_instance: '1', data } }, id)
}
