import { setTimeout as sleep } from 'node:timers/promises'
import { Person } from '../../test/harness/people.ts'
import { waitFor } from '../../test/harness/wait-for.ts'
import { percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import { type Running, withVitte } from '../with-vitte.ts'
import { openPage, type Page } from './page.ts'

/** Each of them writes once a second. */
const PEOPLE = 200
const SETTLING_AT_ONCE = 8
const MESSAGES_EACH = 6
/** The first second is for the process to get warm. */
const WARM_UP_EACH = 1
const MS_PER_SECOND = 1_000
const TICK_MS = 5
const DEADLINE_MS = 30_000
const GOALS = { p99: 50, p99Floor: 2_000 }

interface Talker {
  telegramId: number
  page: Page
}

/** As real installations are told of messages, and as the one on a table at home asks for them. */
const WAYS = ['webhook', 'polling'] as const
type Way = (typeof WAYS)[number]

/**
 * From a message in the bot's chat to the open page of the same person: real process, 200 messages a second by either
 * way of updates. The model keeps silent meanwhile, as answers would be another 200.
 */
export async function sync(): Promise<Row[]> {
  const rows: Row[] = []
  for (const way of WAYS) rows.push(...rowsOf(way, await measure(way)))
  return rows
}

function measure(way: Way): Promise<number[]> {
  const deed = async (running: Running) => {
    const talkers = await newTalkers(running)
    running.sandbox.model.control({ hold: true })
    const tookMs = await timesToPage(talkers, await sayAll(running, talkers))
    for (const { page } of talkers) await page.close()
    return tookMs
  }
  return withVitte(deed, '127.0.0.1', { TELEGRAM_MODE: way })
}

function rowsOf(way: Way, tookMs: number[]): Row[] {
  const row = { unit: 'ms', better: 'less' as const }
  const what = `message in the chat to the open page, ${PEOPLE} a second by ${way}`
  return [
    { ...row, what: `${what}, p50`, value: percentile(tookMs, 0.5), floor: null, goal: null },
    {
      ...row,
      what: `${what}, p99`,
      value: percentile(tookMs, 0.99),
      floor: GOALS.p99Floor,
      goal: GOALS.p99,
      note: `${tookMs.length} messages of ${PEOPLE} people, none missing`,
    },
  ]
}

async function newTalkers(running: Running): Promise<Talker[]> {
  const talkers: Talker[] = []
  let begun = 0
  const lane = async () => {
    while (begun < PEOPLE) {
      begun += 1
      talkers.push(await newTalker(running))
    }
  }
  await Promise.all(Array.from({ length: SETTLING_AT_ONCE }, lane))
  return talkers
}

async function newTalker({ vitte, sandbox, scope }: Running): Promise<Talker> {
  const { id: telegramId } = sandbox.telegram.addPerson({ firstName: 'Bench', languageCode: 'ru' })
  const person = new Person(vitte.url, scope)
  await person.openMiniApp(sandbox, telegramId)
  await person.confirmAdult()
  await person.startConversation('arina')
  return { telegramId, page: await openPage(person) }
}

/** When each message was sent, by its text; in milliseconds of `performance.now()`. */
async function sayAll({ sandbox }: Running, talkers: Talker[]): Promise<Map<string, number>> {
  const sentAt = new Map<string, number>()
  const total = talkers.length * MESSAGES_EACH
  const start = performance.now()
  for (let sent = 0; sent < total; await sleep(TICK_MS)) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * PEOPLE) / MS_PER_SECOND))
    for (; sent < due; sent += 1) {
      const talker = talkers[sent % talkers.length]
      const text = `${Math.floor(sent / talkers.length)} of ${talker?.telegramId}`
      sentAt.set(text, performance.now())
      sandbox.telegram.sendText(talker?.telegramId ?? 0, text)
    }
  }
  return sentAt
}

/** What each message took, those to get warm left out; waits until all have come. */
async function timesToPage(talkers: Talker[], sentAt: ReadonlyMap<string, number>): Promise<number[]> {
  const came = () => talkers.reduce((sum, { page }) => sum + page.cameAt.size, 0)
  await waitFor(() => came() >= sentAt.size, { deadlineMs: DEADLINE_MS, what: 'every message on its page' })
  const cameAt = new Map(talkers.flatMap(({ page }) => [...page.cameAt]))
  return [...sentAt].slice(talkers.length * WARM_UP_EACH).map(([text, at]) => (cameAt.get(text) ?? Number.NaN) - at)
}
