import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'

// SPEC, user story 2: the answer comes in real time to where the question was asked.
const MASHA = 700_000_001

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })
const bot = await enterBot(world.sandbox, MASHA)
const miniApp = new Person(world.vitte.url)
await miniApp.openMiniApp(world.sandbox, MASHA)
await miniApp.startConversation('arina')
const site = new Person(world.vitte.url)
await site.signInByWidget(world.sandbox, MASHA)

test('US2.1: on the site the answer grows on the open page and ends as a message', async () => {
  const page = await site.watch()
  const { turnId } = await site.ask('вопрос со страницы')
  await page.next('reply.started', (data) => data.turnId === turnId)
  const answer = await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  const grown = page
    .all('reply.delta')
    .filter((delta) => delta.turnId === turnId)
    .reduce((text, delta) => text.slice(0, delta.offset) + delta.text, '')
  assert.equal(grown.trim(), answer.text.trim())
  assert.deepEqual([answer.channel, answer.interface, answer.delivery?.status], ['web', 'browser', 'sent'])
  await page.next('credits', ({ basic }) => basic === 49)
})

test('US2.2: a question in the bot is answered in the bot, and open pages show both lines live', async () => {
  const page = await site.watch()
  bot.send('вопрос из чата')
  await bot.hears((text) => text.includes('вопрос из чата'))
  await page.next(
    'message',
    ({ role, text, interface: place }) => role === 'user' && text === 'вопрос из чата' && place === 'bot',
  )
  await page.next('message', ({ role, interface: place }) => role === 'assistant' && place === 'bot')
})

test('US2.3: a question in the Mini App is answered in the Mini App and not in the chat', async () => {
  const page = await miniApp.watch()
  const before = bot.texts().length
  const { turnId } = await miniApp.ask('вопрос из приложения')
  const answer = await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  assert.deepEqual([answer.channel, answer.interface], ['telegram', 'webapp'])
  assert.equal(bot.texts().length, before)
})

test('a page that opens in the middle of an answer gets the text so far', async (t) => {
  world.sandbox.model.control({ delayMsPerWord: 60, text: 'слово '.repeat(40) })
  t.after(() => world.sandbox.model.control({ delayMsPerWord: 0, text: null, mode: 'echo' }))
  const first = await site.watch()
  const { turnId } = await site.ask('расскажи подольше')
  await first.next('reply.delta', ({ offset }) => offset > 20)
  const second = await site.watch()
  const start = await second.next('reply.delta', (delta) => delta.turnId === turnId)
  assert.equal(start.offset, 0)
  assert.ok(start.text.length > 20)
  await second.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  const grown = second.all('reply.delta').reduce((text, delta) => {
    assert.ok(delta.offset <= text.length, 'no gap between deltas')
    return text.slice(0, delta.offset) + delta.text
  }, '')
  assert.equal(grown.trim(), 'слово '.repeat(40).trim())
})

test('a stream that resumes gets what it missed, once and in order', async () => {
  const page = await site.watch()
  await site.talk('до обрыва')
  const lastId = page.lastId() ?? '0'
  await page.close()
  await site.talk('во время обрыва')
  const again = await site.watch(lastId)
  await again.next('message', ({ role, text }) => role === 'assistant' && text.includes('во время обрыва'))
  const seqs = again.all('message').map(({ seq }) => seq)
  assert.deepEqual(
    seqs,
    seqs.map((_, index) => Number(lastId) + 1 + index),
  )
})

test('the ninth stream of one person is refused', async () => {
  const pages = await Promise.all(Array.from({ length: 12 }, () => site.client.request('/api/events')))
  const refused = pages.filter(({ status }) => status === 429)
  assert.ok(refused.length >= 4, `${refused.length} refused`)
  assert.ok(refused.every(({ headers }) => headers.has('retry-after')))
  await Promise.all(pages.map(({ body }) => body?.cancel()))
})

test('readers that hang up while their stream opens leave no seat taken', async () => {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Спешка', languageCode: 'ru' })
  const hasty = new Person(world.vitte.url)
  await hasty.openMiniApp(world.sandbox, id)
  for (let round = 0; round < 40; round += 1) {
    const leave = new AbortController()
    const opening = hasty.client.request('/api/events', { signal: leave.signal }).catch(() => null)
    setTimeout(() => leave.abort(), round % 6)
    await opening
  }
  const opened = await waitFor(async () => {
    const pages = await Promise.all(Array.from({ length: 8 }, () => hasty.client.request('/api/events')))
    await Promise.all(pages.map(({ body }) => body?.cancel()))
    return pages.every(({ status }) => status === 200)
  })
  assert.ok(opened)
})

test('a place in the history that does not exist gets a reset', async () => {
  for (const id of ['999999', 'abc', '-1']) {
    const page = await site.watch(id)
    await page.next('reset')
    await page.close()
  }
})
