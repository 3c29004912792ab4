import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'

const MASHA = 700_000_001
const SECRET = 'a-secret-of-this-test'
const FORMER = 'the-one-before-it'
const MEBIBYTE = 1024 * 1024

const world = await startWorld(undefined, {
  env: { TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: `${SECRET},${FORMER}` },
})
world.sandbox.model.control({ mode: 'echo' })
const from = { id: MASHA, is_bot: false, first_name: 'Маша', language_code: 'ru' }
const chat = { id: MASHA, type: 'private', first_name: 'Маша' }
const update = (updateId: number, text: string, more: object = {}) => ({
  update_id: updateId,
  message: { message_id: updateId, date: Math.floor(Date.now() / 1000), from, chat, text, ...more },
})

async function deliver(body: unknown, headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': SECRET }) {
  const answer = await fetch(new URL('/telegram/webhook', world.vitte.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  await answer.body?.cancel()
  return answer.status
}

test('the talk goes by webhook as it goes by polling', async (t) => {
  const bot = await enterBot(world.sandbox, MASHA)
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, MASHA)
  await miniApp.startConversation('arina')
  bot.send('по вебхуку')
  await bot.hears((text) => text === 'по вебхуку')
})

test('without the right secret nothing is read', async () => {
  for (const secret of [undefined, '', 'a-secret-of-this-tesx', `${SECRET}x`, SECRET.slice(1)]) {
    const headers: Record<string, string> = secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }
    assert.equal(await deliver('{ not even json', headers), 401)
  }
})

test('right after a secret was replaced, what comes with the former one is taken too', async () => {
  const known = { 'x-telegram-bot-api-secret-token': FORMER }
  const ignored = update(9_000_004, 'в группе', { chat: { id: -7, type: 'group', title: 'Группа' } })
  assert.equal(await deliver(ignored, known), 200)
  assert.equal(await deliver(ignored, { 'x-telegram-bot-api-secret-token': `${SECRET},${FORMER}` }), 401)
})

test('a compressed body is not unpacked', async () => {
  const secret = { 'x-telegram-bot-api-secret-token': SECRET }
  assert.equal(
    await deliver(gzipSync('x'.repeat(MEBIBYTE)).toString('latin1'), { ...secret, 'content-encoding': 'gzip' }),
    415,
  )
})

test('an edited message and a number that jumps down change nothing that was asked', async (t) => {
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, MASHA)
  assert.equal(await deliver(update(42, 'номер меньше прежних')), 200)
  await waitFor(async () =>
    (await miniApp.history()).some(({ role, text }) => role === 'assistant' && text === 'номер меньше прежних'),
  )
  const { basic } = (await miniApp.me()).credits
  const { message, ...rest } = update(9_300_001, 'совсем другое')
  assert.equal(await deliver({ ...rest, edited_message: { ...message, edit_date: message.date } }), 200)
  const lines = await miniApp.history()
  assert.ok(!lines.some(({ text }) => text === 'совсем другое'))
  assert.equal((await miniApp.me()).credits.basic, basic)
})

test('what is no update is 400, what is too large is 413, what is not for us is 200', async () => {
  assert.equal(await deliver('{'), 400)
  assert.equal(await deliver({ update_id: 'x' }), 400)
  assert.equal(await deliver(update(9_000_001, 'давно', { date: 1e18 })), 400)
  assert.equal(await deliver(update(9_000_002, 'x'.repeat(MEBIBYTE))), 413)
  assert.equal(await deliver(update(9_000_003, 'в группе', { chat: { id: -7, type: 'group', title: 'Группа' } })), 200)
})

test('a body that does not say how long it is is taken as any other, and not beyond the same size', async () => {
  const deliverInPieces = async (body: string) => {
    const inPieces: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': SECRET },
      body: new Blob([body]).stream(),
      duplex: 'half',
    }
    const answer = await fetch(new URL('/telegram/webhook', world.vitte.url), inPieces)
    await answer.body?.cancel()
    return answer.status
  }
  assert.equal(await deliverInPieces(JSON.stringify({ update_id: 9_000_005 })), 200)
  assert.equal(await deliverInPieces('{'), 400)
  assert.equal(await deliverInPieces(JSON.stringify(update(9_000_006, 'x'.repeat(MEBIBYTE)))), 413)
})

test('one update five times at once is one message, one turn, one capture', async (t) => {
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, MASHA)
  const { basic } = (await miniApp.me()).credits
  const twin = update(9_100_000, 'ровно один раз')
  assert.deepEqual(await Promise.all(Array.from({ length: 5 }, () => deliver(twin))), [200, 200, 200, 200, 200])
  await waitFor(async () =>
    (await miniApp.history()).some(({ role, text }) => role === 'assistant' && text === 'ровно один раз'),
  )
  const asked = (await miniApp.history()).filter(({ role, text }) => role === 'user' && text === 'ровно один раз')
  assert.equal(asked.length, 1)
  assert.equal((await miniApp.me()).credits.basic, basic - 1)
})

test('updates that come in the wrong order are both answered', async (t) => {
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, MASHA)
  assert.equal(await deliver(update(9_200_002, 'вторая')), 200)
  assert.equal(await deliver(update(9_200_001, 'первая')), 200)
  await waitFor(async () => {
    const answers = (await miniApp.history()).filter(({ role }) => role === 'assistant').map(({ text }) => text)
    return answers.includes('вторая') && answers.includes('первая')
  })
})
