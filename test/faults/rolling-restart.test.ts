import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { freePort } from '#test/free-port'
import { startNginx } from '#test/nginx'
import { wholeFile } from '#test/scope'
import type { Vitte } from '#test/vitte'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { allSettled } from './all-settled.ts'
import { askInBot, askOnPage, keepTalking, meetTalker, proveTalker, type Talker } from './talkers.ts'

// Behind the nginx that we ship: two places for the role http, a process of the role bot, and three workers.
const PEOPLE = 12
const WORKERS = 3
/** A worker that has just begun takes no more than eight questions, so that each of three has some. */
const UNDER_WAY = 2 * PEOPLE
const WELCOME = 1_000
const MS_PER_WORD = 40
/** So many go on talking while everything is replaced: a start needs the cores for itself. */
const TALKING = 4

const [first, second] = [await freePort(), await freePort()]
const { url } = await startNginx(wholeFile, { port: first, others: [second] })
const shared = {
  PUBLIC_URL: url,
  TRUSTED_PROXIES: '127.0.0.1',
  TELEGRAM_MODE: 'polling',
  WELCOME_CREDITS_TELEGRAM: `basic:${WELCOME}`,
}
const world = await startWorld(wholeFile, { redis: true, env: { ...shared, PORT: String(first), ROLES: 'http' } })
const { model } = world.sandbox
model.control({ mode: 'echo' })
const bot = await startRole('bot')
const workers: Vitte[] = []
while (workers.length < WORKERS) workers.push(await startRole('worker'))
const talkers: Talker[] = []
for (let at = 1; at <= PEOPLE; at += 1) talkers.push(await meetTalker(world, url, wholeFile, `${at}-й`))

function startRole(role: string): Promise<Vitte> {
  return world.startAnother({ ROLES: role, PORT: '0' })
}

const asked = () => talkers.reduce((sum, { said }) => sum + said.browser.length + said.bot.length, 0)

async function proveAll(): Promise<void> {
  await allSettled(world, asked())
  for (const talker of talkers) {
    await proveTalker(world, talker)
    assert.equal((await talker.site.me()).credits.basic, WELCOME - talker.said.browser.length - talker.said.bot.length)
  }
}

test('one of three workers is killed in the midst of answers: all are answered once, in order, by the others', async (t) => {
  model.control({ hold: true })
  for (const talker of talkers) {
    for (const time of ['раз', 'два']) {
      askInBot(talker, `${talker.name} в боте ${time}`)
      await askOnPage(talker, `${talker.name} на сайте ${time}`)
    }
  }
  const underWay = () => model.calls().filter(({ outcome }) => outcome === 'running').length
  await waitFor(() => underWay() === UNDER_WAY, { deadlineMs: 60_000, what: 'every lane has an answer under way' })
  await workers.shift()?.kill('SIGKILL')
  const killedMs = performance.now()
  model.control({ hold: false })
  await waitFor(async () => (await takenAgain()) > 0, { deadlineMs: 60_000, what: 'an answer of the killed one' })
  t.diagnostic(`the first of its answers was taken over after ${sinceMs(killedMs)} ms`)
  await proveAll()
  const again = await takenAgain()
  assert.ok(again > 0 && again < UNDER_WAY, `${again} answers were the killed one's`)
  t.diagnostic(`${again} of ${UNDER_WAY} were the killed one's; the last was there after ${sinceMs(killedMs)} ms`)
})

test('every process is replaced while people talk: nothing is lost or doubled, and pages come back by themselves', async (t) => {
  const crashes = await takenAgain()
  const before = asked()
  model.control({ delayMsPerWord: MS_PER_WORD })
  const talks = talkers.slice(0, TALKING).map(keepTalking)
  await world.startAnother({ ROLES: 'http', PORT: String(second) })
  await leave(t, 'http', world.vitte)
  await startRole('bot')
  await leave(t, 'bot', bot)
  for (const worker of workers) {
    await startRole('worker')
    await leave(t, 'worker', worker)
  }
  await Promise.all(talks.map(({ stop }) => stop()))
  model.control({ delayMsPerWord: 0 })
  assert.ok(asked() - before > TALKING * 4, 'people went on talking')
  await proveAll()
  assert.equal(await takenAgain(), crashes, 'nobody takes a restart for a crash')
  const repeated = talkers.reduce((sum, each) => sum + each.repeated, 0)
  t.diagnostic(`${asked() - before} questions meanwhile, ${repeated} requests sent again by the pages`)
})

/** Those that somebody took up again after a worker's end. */
async function takenAgain(): Promise<number> {
  const { rows } = await world.database.pool.query('SELECT count(*)::integer AS n FROM turns WHERE lease_attempts > 1')
  return rows[0]?.n ?? 0
}

async function leave(t: TestContext, role: string, old: Vitte): Promise<void> {
  t.diagnostic(`${role} left within ${Math.round(await old.stop())} ms`)
}

function sinceMs(startMs: number): number {
  return Math.round(performance.now() - startMs)
}
