import assert from 'node:assert/strict'
import { createDatabase } from '#platform/postgres'
import { launchChromium, openPage, screenshot } from '#test/chromium'
import { freePort } from '#test/free-port'
import { startNginx } from '#test/nginx'
import { Person } from '#test/people'
import { throwawayPostgres } from '#test/postgres'
import { atEnd, wholeFile } from '#test/scope'
import { silentLog } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { buildPage } from '../../build/page.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { pageWords } from './page-words.ts'
import { givePast } from './past.ts'
import { talkOn } from './talk.ts'
import { movesBetween, watchLines } from './watch-lines.ts'

// Somebody talks on while everything behind the page is killed, stopped or replaced: behind nginx, a process of each role.
const SLOW = Array.from({ length: 40 }, (_, index) => `капля${index}`).join(' ')
const SLOW_MS = 60
const PAST_LINES = 60
const WHEEL_PX = 500
const STILL_WITHIN_PX = 2
/** A lost lease has to end first, or the page's turn to be compared with the database has to come. */
const LATER = { timeout: 60_000 }
const NOBODY_THERE = /net::ERR_|status of 50[234]/

await buildPage()
const postgres = await throwawayPostgres()
const [first, second] = [await freePort(), await freePort()]
const { url } = await startNginx(wholeFile, { port: first, others: [second] })
const here = { DATABASE_URL: postgres.connectionString, PUBLIC_URL: url, TRUSTED_PROXIES: '127.0.0.1' }
const env = { ...here, TELEGRAM_MODE: 'polling', PORT: String(first), ROLES: 'http,bot' }
const world = await startWorld(wholeFile, { redis: true, env })
const startWorker = () => world.startAnother({ ROLES: 'worker', PORT: '0' })
let worker = await startWorker()
const { model } = world.sandbox

const reader = new Person(url)
await reader.signInByMail(world.sandbox, 'reader@example.org')
await reader.confirmAdult()
await reader.startConversation('arina')
const { connectionString } = postgres
const hand = createDatabase({ connectionString, maxConnections: 1, log: silentLog, applicationName: 'test-harness' })
atEnd(wholeFile, hand.close)
await givePast({ database: hand }, reader, PAST_LINES)

const browser = await launchChromium()
const t = await pageWords('ru')
const site = await openPage(browser, { reducedMotion: 'reduce' })
const { page } = site
await enterAs(page.context(), reader, url)
const talk = talkOn(page, t)
const step = journey('through-outages', page)
const waiting = page.getByText(t('connection-waiting'))
const asked: string[] = []

async function say(text: string): Promise<void> {
  asked.push(text)
  await talk.say(text)
}

/** The question and an answer that ends with these words, each once. */
async function answered(question: string, answer: string): Promise<void> {
  await talk.log.getByText(answer).waitFor(LATER)
  await talk.stop.waitFor({ state: 'hidden' })
  for (const text of [question, answer]) assert.equal(await talk.log.getByText(text).count(), 1, `"${text}" once`)
}

/** Types half a line and scrolls up; what is given back says whether both are as they were. */
async function halfWay(draft: string): Promise<() => Promise<void>> {
  await talk.field.fill(draft)
  await talk.log.hover()
  await page.mouse.wheel(0, -WHEEL_PX)
  const lines = await watchLines(page)
  await lines.stillness()
  const before = await lines.places()
  return async () => {
    await lines.stillness()
    assert.equal(await talk.field.inputValue(), draft, 'what was half typed is still there')
    const moves = movesBetween(before, await lines.places())
    assert.ok(moves.length > 0, 'the same lines are in view')
    assert.deepEqual(
      moves.filter(({ byPx }) => Math.abs(byPx) > STILL_WITHIN_PX),
      [],
      'nothing has moved',
    )
  }
}

/** A reply has come there meanwhile, and the way down says so. */
const toEnd = () => page.getByRole('button', { name: t('chat-new-reply') }).click()

step('the talk is open, and nothing is said about any connection', async () => {
  // What would be more than a pause: a line that has to be sent again, or a sentence that something failed.
  await page.addInitScript((again) => {
    const seen = new Set<string>()
    Object.assign(globalThis, { moreThanAPause: seen })
    const look = () => {
      for (const alert of document.querySelectorAll('[role=alert]')) seen.add(alert.textContent)
      for (const button of document.querySelectorAll(`button[aria-label="${again}"]`))
        seen.add(button.textContent || again)
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
  }, t('mark-resend'))
  await page.goto(url)
  await talk.log.getByText(`№${PAST_LINES}.`).waitFor()
  model.control({ text: 'Ответ первый.' })
  await say('Вопрос первый')
  await answered('Вопрос первый', 'Ответ первый.')
  assert.equal(await waiting.isVisible(), false)
})

step(
  'a worker is killed in the midst of an answer: it comes once from another one, and nothing moves meanwhile',
  async () => {
    model.control({ text: SLOW, delayMsPerWord: SLOW_MS })
    await say('Что слышно за окном?')
    await talk.log.getByText('капля3').waitFor()
    await worker.kill('SIGKILL')
    await screenshot(page, 'through-outages-1-worker-killed')
    const asBefore = await halfWay('Я хотела ещё сказать')
    model.control({ delayMsPerWord: 0 })
    worker = await startWorker()
    await waitFor(async () => (await reader.history()).some(({ text }) => text === SLOW), { deadlineMs: LATER.timeout })
    await asBefore()
    await screenshot(page, 'through-outages-2-taken-over')
    await toEnd()
    await answered('Что слышно за окном?', 'капля39')
  },
)

step('Redis is stopped and started: what is asked without it is answered, a little later', async () => {
  await world.redis?.stop()
  model.control({ text: 'Ответ без Redis.' })
  await say('Вопрос без Redis')
  await talk.field.fill('Начато без него')
  await answered('Вопрос без Redis', 'Ответ без Redis.')
  await screenshot(page, 'through-outages-3-without-redis')
  await world.redis?.start()
  assert.equal(await talk.field.inputValue(), 'Начато без него')
  model.control({ text: 'Ответ снова с Redis.' })
  await say('Вопрос снова с Redis')
  await answered('Вопрос снова с Redis', 'Ответ снова с Redis.')
})

step('PostgreSQL is stopped and started: what was written meanwhile goes out by itself', async () => {
  await postgres.stop()
  model.control({ text: 'Ответ после PostgreSQL.' })
  await say('Вопрос без PostgreSQL')
  await talk.log.getByRole('img', { name: t('mark-unsent') }).waitFor()
  const asBefore = await halfWay('Набрано наполовину')
  await screenshot(page, 'through-outages-4-without-postgres')
  await postgres.start()
  await waitFor(async () => (await reader.history()).some(({ text }) => text === 'Ответ после PostgreSQL.'), {
    deadlineMs: LATER.timeout,
  })
  await asBefore()
  await toEnd()
  await answered('Вопрос без PostgreSQL', 'Ответ после PostgreSQL.')
})

step('the process that serves the page is replaced: the page goes to the next one, and the talk goes on', async () => {
  await world.startAnother({ ROLES: 'http,bot', PORT: String(second) })
  const asBefore = await halfWay('Ещё не отправлено')
  await world.vitte.stop()
  await reader.talk('Спрошено с другого устройства')
  await screenshot(page, 'through-outages-5-process-replaced')
  await asBefore()
  await toEnd()
  await talk.log.getByText('Спрошено с другого устройства').waitFor(LATER)
  await waiting.waitFor({ state: 'hidden' })
  model.control({ text: 'Ответ последний.' })
  await say('Вопрос последний')
  await answered('Вопрос последний', 'Ответ последний.')
  await screenshot(page, 'through-outages-6-end')
})

step(
  'it was a pause at most: nothing failed before their eyes, nothing had to be sent again, nothing is lost or doubled',
  async () => {
    const seen = await page.evaluate(() => [
      ...(globalThis as unknown as { moreThanAPause: Set<string> }).moreThanAPause,
    ])
    assert.deepEqual(seen, [])
    const own = (await reader.history()).filter(({ role, turn }) => role === 'user' && turn).map(({ text }) => text)
    assert.deepEqual(
      own.filter((text) => text !== 'Спрошено с другого устройства'),
      asked,
    )
    assert.deepEqual(
      site.complaints.filter((complaint) => !NOBODY_THERE.test(complaint)),
      [],
    )
  },
)
