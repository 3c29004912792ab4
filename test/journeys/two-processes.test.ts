import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { startInVain } from '#test/vitte'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'

const MASHA = 700_000_001

test('with Redis, a question at one process is seen live at the other, and the answer comes to where it was asked', async (t) => {
  const world = await startWorld(t, { redis: true, env: { ROLES: 'http,bot,worker' } })
  world.sandbox.model.control({ mode: 'echo' })
  const other = await world.startAnother({ ROLES: 'http,worker' })
  const bot = await enterBot(world.sandbox, MASHA)
  const here = new Person(world.vitte.url, t)
  await here.signInByWidget(world.sandbox, MASHA)
  await here.startConversation('arina')
  const there = new Person(other.url, t)
  await there.openMiniApp(world.sandbox, MASHA)
  const page = await there.watch()

  const { turnId } = await here.ask('вопрос у первого')
  await page.next('message', ({ role, text }) => role === 'user' && text === 'вопрос у первого')
  await page.next('reply.started', (data) => data.turnId === turnId)
  const answer = await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  assert.equal(answer.interface, 'browser')
  await page.next('credits', ({ basic }) => basic === 49)
  bot.send('вопрос из бота')
  await page.next('message', ({ role, interface: place }) => role === 'assistant' && place === 'bot')
  await bot.hears((text) => text.includes('вопрос из бота'))
})

test('without Redis a second process on the same database says why it will not start', async (t) => {
  const world = await startWorld(t)
  const { code, said } = await startInVain({ ...world.vitte.env, PORT: '' })
  assert.equal(code, 1)
  assert.match(said, /REDIS_URL/)
})

test('a second start on the same folder is refused with the folder’s name', async (t) => {
  const world = await startWorld(t, { env: { DATABASE_URL: '' } })
  const { code, said } = await startInVain({ ...world.vitte.env, PORT: '' })
  assert.equal(code, 1)
  assert.ok(said.includes(world.vitte.env.DATA_DIR ?? '-'), said)
})

test('another master key than the database was made with is refused', async (t) => {
  const world = await startWorld(t)
  await world.vitte.stop()
  const { code, said } = await startInVain({
    ...world.vitte.env,
    PORT: '',
    MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
  })
  assert.equal(code, 1)
  assert.match(said, /MASTER_KEY/)
})
