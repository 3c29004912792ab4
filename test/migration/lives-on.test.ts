import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Conversation } from '#contract/api'
import { PERSONAS } from '#test/legacy/draw'
import { layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { type Inhabitant, readTarget } from '#test/legacy/read-target'
import { runAudit, runImport } from '#test/legacy/run-import'
import { granted, Person } from '#test/people'
import { wholeFile } from '#test/scope'
import { startWorld } from '#test/world'
import { botChat } from '../journeys/bot-chat.ts'
import { leave, letTheDayPass } from '../journeys/leaving-steps.ts'

const PLAN = { seed: 20_261_129, users: 250, messages: 3_000 }

const from = await legacyDatabase()
const truth = await layLegacy(from, PLAN)
const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })
const moved = await runImport({ from, to: world.database.connectionString })
const target = await readTarget(wholeFile, world.database.connectionString)
const people = await target.inhabitants()

test('a legacy Telegram user writes to the bot and is answered in the talk of the old house', async (t) => {
  assert.equal(moved.code, 0, moved.said)
  assert.equal(people.length, truth.users)
  const someone = personWith('telegram:')
  const telegramId = Number(loginOf(someone, 'telegram:'))
  world.sandbox.telegram.addPerson({ id: telegramId, languageCode: 'ru' })
  const bot = botChat(world.sandbox, telegramId)
  bot.send('Помнишь меня?')
  await bot.press((text) => text.includes('18'))
  await bot.hears((text) => text === 'Помнишь меня?')
  const app = new Person(world.vitte.url, t)
  assert.equal((await app.openMiniApp(world.sandbox, telegramId)).id, someone.id)
  const history = await app.history()
  compareHistory(history.slice(0, someone.lines.length), someone)
  const since = history.slice(someone.lines.length)
  assert.deepEqual(
    since.map(({ role, text }) => `${role}: ${text}`),
    ['user: Помнишь меня?', 'assistant: Помнишь меня?'],
  )
  const last = history[someone.lines.length - 1]
  assert.ok(last?.conversationId)
  for (const { conversationId } of since) assert.equal(conversationId, last.conversationId, 'the talk goes on')
  const { credits, conversation } = await app.me()
  assert.equal(conversation?.id, last.conversationId)
  assert.deepEqual(credits, { ...someone.credits, ...spent(someone, conversation.persona.id) })
  const asked = world.sandbox.model.calls().at(-1)?.messages ?? []
  assert.ok(
    asked.some(({ content }) => content === someone.lines.at(-1)?.text),
    'the companion remembers what was said there',
  )
})

test('a legacy mail user signs in by a code and finds history and balance', async (t) => {
  const someone = personWith('email:')
  const site = new Person(world.vitte.url, t)
  const address = loginOf(someone, 'email:')
  assert.equal((await site.signInByMail(world.sandbox, address.toUpperCase())).id, someone.id)
  compareHistory(await site.history(), someone)
  const me = await site.me()
  assert.deepEqual(me.credits, someone.credits)
  assert.equal(me.user.adultConfirmedAt, null)
  const last = (await site.history()).at(-1)
  assert.equal(me.conversation?.id, last?.conversationId)
  await site.confirmAdult()
  const { text, conversationId } = await site.talk('Теперь здесь.')
  assert.deepEqual([text, conversationId], ['Теперь здесь.', last?.conversationId])
})

test('somebody with both finds the one history by either of them', async (t) => {
  const someone = people.find(
    ({ identities: [one, other], lines }) =>
      lines.length > 0 && one?.startsWith('telegram:1') && other?.startsWith('email:clean'),
  )
  assert.ok(someone)
  const telegramId = Number(loginOf(someone, 'telegram:'))
  world.sandbox.telegram.addPerson({ id: telegramId, languageCode: 'ru' })
  const [site, app] = [new Person(world.vitte.url, t), new Person(world.vitte.url, t)]
  assert.equal((await site.signInByMail(world.sandbox, loginOf(someone, 'email:'))).id, someone.id)
  assert.equal((await app.openMiniApp(world.sandbox, telegramId)).id, someone.id)
  assert.deepEqual(await app.history(), await site.history())
  assert.equal((await app.me()).offers.connectTelegram, null)
})

test('nobody was written to by the import, and the books are sound with all that came after', async () => {
  const chats = await target.ask(`SELECT DISTINCT purpose FROM deliveries WHERE purpose = 'proactive'`)
  assert.deepEqual(chats, [])
  const { code, said } = await runAudit(world.database.connectionString)
  assert.deepEqual([code, said], [0, 'sound'])
})

test('whoever was forgotten since is not brought back by another import', async (t) => {
  const someone = personWith('email:')
  const address = loginOf(someone, 'email:')
  const site = new Person(world.vitte.url, t)
  await site.signInByMail(world.sandbox, address)
  granted(await leave(site), 202)
  await letTheDayPass(world, someone.id)
  // Its proof compares with all that ever came, and names what is gone.
  await runImport({ from, to: world.database.connectionString, args: ['--since-last'] })
  const notes = await target.ask(`SELECT DISTINCT outcome FROM legacy_rows WHERE reason = 'forgotten'`)
  assert.deepEqual(notes, [{ outcome: 'rejected' }])
  const { rows } = await world.database.pool.query('SELECT 1 FROM identities WHERE external_id = $1', [address])
  assert.equal(rows.length, 0)
})

test('a talk with a companion who is not here is kept under her name, and can be read', async (t) => {
  const someone = people.find(
    ({ identities: [login], talks }) =>
      login?.startsWith('telegram:') && talks.some(({ persona }) => !isOffered(persona)),
  )
  assert.ok(someone)
  const telegramId = Number(loginOf(someone, 'telegram:'))
  world.sandbox.telegram.addPerson({ id: telegramId, languageCode: 'ru' })
  const running = new Person(world.vitte.url, t)
  await running.openMiniApp(world.sandbox, telegramId)
  compareHistory(await running.history(), someone)
  assert.equal((await running.client.call('/api/conversations')).status, 200)
  await world.vitte.stop()
  const { url } = await world.startAnother()
  const { conversations } = granted(
    await running.at(url).client.call<{ conversations: Conversation[] }>('/api/conversations'),
  )
  for (const { persona } of someone.talks.filter((talk) => !isOffered(talk.persona))) {
    const kept = conversations.find((conversation) => conversation.persona.name === persona)
    assert.equal(kept?.status, 'archived', persona)
  }
})

const isOffered = (persona: string) => PERSONAS.some((known) => known === persona)

/** Somebody who talked and has this login alone, and something to spend. */
function personWith(provider: string): Inhabitant {
  const found = people.find(
    ({ identities: [login, ...others], lines, credits, talks }) =>
      others.length === 0 &&
      login?.startsWith(provider) &&
      lines.length > 1 &&
      credits.basic > 1 &&
      credits.cassandra > 1 &&
      talks.length === 1,
  )
  assert.ok(found, `nobody has ${provider}… alone`)
  return found
}

function loginOf({ identities }: Inhabitant, provider: string): string {
  return identities.find((name) => name.startsWith(provider))?.slice(provider.length) ?? ''
}

function compareHistory(history: readonly { seq: number; role: string; text: string }[], { lines }: Inhabitant): void {
  assert.deepEqual(
    history.map(({ seq, role, text }) => [seq, role, text]),
    lines.map(({ seq, role, text }) => [seq, role, text]),
  )
}

/** What one reply leaves: Arina takes a basic credit, Cassandra one of her own. */
function spent({ credits }: Inhabitant, personaId: string): Partial<Inhabitant['credits']> {
  return personaId === 'arina' ? { basic: credits.basic - 1 } : { cassandra: credits.cassandra - 1 }
}
