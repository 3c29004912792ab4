import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Interface } from '#contract/words'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { type BotChat, botChat } from '../journeys/bot-chat.ts'
import { assertWhole } from '../journeys/link-steps.ts'
import { allSettled } from './all-settled.ts'
import { answeredOnce, attemptsOf, callsFor } from './answered-once.ts'

/** Each has three lanes: sixty replies grow at once. */
const PEOPLE = 20
const PLACES = ['bot', 'webapp', 'browser'] as const
const CREDITS_AT_FIRST = 50
const GREETING = 'до того'
/** A reply takes longer than a drain, and the start of another process, may. */
const WORDS = 48
const SLOW_MS_PER_WORD = 2_000
const REPLY_MAX_MS = 600_000
const SEND_TAKES_MS = 700
const UNDER_WAY_WITHIN_MS = 60_000

interface Talker {
  name: string
  userId: string
  bot: BotChat
  pages: { webapp: Person; browser: Person }
}

async function meet(world: World, t: TestContext, index: number): Promise<Talker> {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const [webapp, browser] = [new Person(world.vitte.url, t), new Person(world.vitte.url, t)]
  const user = await browser.signInByWidget(world.sandbox, id)
  await webapp.openMiniApp(world.sandbox, id)
  await browser.confirmAdult()
  await browser.startConversation('arina')
  const bot = botChat(world.sandbox, id)
  bot.send(GREETING)
  return { name: `${index}-й`, userId: user.id, bot, pages: { webapp, browser } }
}

function question({ name }: Talker, place: Interface): string {
  return `${name} ${place}${' слово'.repeat(WORDS)}`
}

async function askEverywhere(talker: Talker): Promise<void> {
  talker.bot.send(question(talker, 'bot'))
  await talker.pages.webapp.ask(question(talker, 'webapp'))
  await talker.pages.browser.ask(question(talker, 'browser'))
}

/** The turns that somebody works on, each with the fencing token of its lease. */
async function leasedTurns({ database }: World): Promise<Map<string, number>> {
  const { rows } = await database.pool.query<{ id: string; lease_token: number }>(
    `SELECT id, lease_token FROM turns WHERE due_at > now() AND due_at < 'infinity'`,
  )
  return new Map(rows.map((row) => [row.id, row.lease_token]))
}

test('told to leave while sixty replies grow and deliveries are sent: its leases are free at once, nothing is lost', async (t) => {
  const world = await startWorld(t, { redis: true, env: { LLM_TIMEOUT_MS: String(REPLY_MAX_MS) } })
  const { model, telegram } = world.sandbox
  model.control({ mode: 'echo' })
  const talkers = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => meet(world, t, index + 1)))
  await allSettled(world, PEOPLE)
  model.control({ delayMsPerWord: SLOW_MS_PER_WORD })
  await Promise.all(talkers.map(askEverywhere))
  const running = () => model.calls().filter(({ outcome }) => outcome === 'running').length
  const inTime = { deadlineMs: UNDER_WAY_WITHIN_MS, what: 'all replies under way' }
  await waitFor(() => running() === PEOPLE * PLACES.length, inTime)
  const next = await world.startAnother()
  const mine = await leasedTurns(world)
  assert.equal(mine.size, PEOPLE * PLACES.length)
  telegram.faults.add({ kind: 'delay', method: 'sendMessage', delayMs: SEND_TAKES_MS })
  for (const { bot } of talkers) bot.send('/help')
  await waitFor(() => telegram.calls({ method: 'sendMessage' }).some(({ outcome }) => outcome === 'running'))

  const left = world.vitte.stop()
  // What is begun now is said at once; what grows already goes on growing.
  model.control({ delayMsPerWord: 0 })
  const tookMs = await left
  const kept = [...(await leasedTurns(world))].filter(([id, token]) => mine.get(id) === token)
  assert.deepEqual(kept, [], 'turns that still wait for the end of the lease of the one who left')
  t.diagnostic(`left within ${Math.round(tookMs)} ms`)

  await allSettled(world, PEOPLE * (1 + PLACES.length))
  const { rows } = await world.database.pool.query('SELECT max(lease_attempts) AS most FROM turns')
  assert.equal(rows[0]?.most, 1, 'nobody takes a drain for a crash')
  for (const talker of talkers) await proveWhole(world, talker, next.url)
})

async function proveWhole(world: World, talker: Talker, url: string): Promise<void> {
  const site = talker.pages.browser.at(url)
  const history = await site.history()
  for (const place of PLACES) {
    const text = question(talker, place)
    const turnId = await answeredOnce(world, history, { place, text })
    assert.ok(callsFor(world, text) <= 2, `${text} was asked ${callsFor(world, text)} times`)
    if (place === 'bot') assert.deepEqual(await attemptsOf(world, turnId), ['sent'], text)
  }
  const shown = talker.bot.texts()
  assert.equal(shown.filter((text) => text === question(talker, 'bot')).length, 1)
  assert.equal(shown.filter((text) => text.includes('/credits')).length, 1, 'one answer to /help')
  assert.equal((await site.me()).credits.basic, CREDITS_AT_FIRST - 1 - PLACES.length)
  await assertWhole(world, site, talker.userId)
}
