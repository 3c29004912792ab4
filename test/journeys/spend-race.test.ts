import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { createRandom } from '../simulate/random.ts'
import { spend } from '../simulate/spend.ts'
import { enterBot } from './bot-chat.ts'

const BALANCE = 7
const SENDS_EACH = 17
const ROUNDS = 12
const SEED_MAX = 2 ** 32

test('fifty messages at once from the bot, the Mini App and the site spend exactly what was there', async (t) => {
  const world = await startWorld(t, { env: { WELCOME_CREDITS_TELEGRAM: `basic:${BALANCE}` } })
  world.sandbox.model.control({ mode: 'echo' })
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Много', languageCode: 'ru' })
  const bot = await enterBot(world.sandbox, id)
  const app = new Person(world.vitte.url, t)
  await app.openMiniApp(world.sandbox, id)
  await app.startConversation('arina')
  const site = new Person(world.vitte.url, t)
  const { id: userId } = await site.signInByWidget(world.sandbox, id)
  const callsBefore = world.sandbox.model.calls().length
  for (let sent = 0; sent < SENDS_EACH; sent += 1) bot.send(`бот ${sent}`)
  const posts = Array.from({ length: SENDS_EACH }, (_, sent) => [site.post(`сайт ${sent}`), app.post(`окно ${sent}`)])
  const statuses = (await Promise.all(posts.flat())).map(({ status }) => status)
  assert.deepEqual(
    statuses.filter((status) => status !== 202 && status !== 402),
    [],
  )
  const { db } = world.database
  const turns = async () => {
    const { rows } = await sql<{ state: string; interface: string }>`
      SELECT state, interface FROM turns WHERE user_id = ${userId}`.execute(db)
    return rows
  }
  const fromBot = (all: { interface: string }[]) => all.filter((turn) => turn.interface === 'bot').length
  await waitFor(async () => fromBot(await turns()) === SENDS_EACH, { what: 'every message of the chat taken in' })
  await waitFor(async () => (await turns()).every(({ state }) => state === 'done' || state === 'unpaid'), {
    what: 'every turn answered',
  })
  const all = await turns()
  const accepted = statuses.filter((status) => status === 202).length
  assert.equal(all.filter(({ state }) => state === 'done').length, BALANCE)
  assert.equal(all.filter((turn) => turn.interface !== 'bot').length, accepted, 'a refused page leaves nothing')
  assert.equal((await site.me()).credits.basic, 0)
  assert.equal(world.sandbox.model.calls().length - callsBefore, BALANCE, 'the model is asked for paid turns alone')
})

test('fifty sends at any balance and cap, some of them twice: exactly what may be spent is spent', async (t) => {
  const seed = randomInt(SEED_MAX)
  t.diagnostic(`npm run simulate -- spend ${ROUNDS} --seed ${seed}`)
  const scope = { after: (hook: () => unknown) => t.after(hook) }
  const { counts, findings } = await spend({ count: ROUNDS, random: createRandom(seed), log: () => {}, scope })
  assert.deepEqual(findings, [])
  assert.ok(counts.sends?.taken, 'nothing was taken')
})
