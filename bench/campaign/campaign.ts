import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { granted, Person } from '../../test/harness/people.ts'
import { waitFor } from '../../test/harness/wait-for.ts'
import { percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import { type Running, withVitte } from '../with-vitte.ts'
import { makeAudience } from './audience.ts'
import { askInBetween, newTalkers } from './questions.ts'

const PEOPLE = 100_000
const OPERATOR = 700_000_002
const ENV = { ADMIN_TELEGRAM_IDS: String(OPERATOR), QUIET_HOURS: 'none', PROACTIVE_DAILY_CAP: '1' }
const TEXT = 'У нас новая история.'
/** What the pace allows by default (TELEGRAM_MESSAGES_PER_SECOND). */
const PER_SECOND = 30
const WARM_UP_MS = 5_000
const MEASURED_MS = 60_000
const GOALS = { awayPercent: 3, replyP99Ms: 200 }

interface Shown {
  campaign: { id: string; total: number; sent: number }
}

/**
 * A campaign to a hundred thousand, of which a minute is measured: real process, the sandbox as Telegram, and people who
 * ask in between.
 */
export function campaign(): Promise<Row[]> {
  return withVitte(measure, '127.0.0.1', ENV)
}

async function measure(running: Running): Promise<Row[]> {
  const { vitte, sandbox, connectionString, scope } = running
  const pool = new pg.Pool({ connectionString, max: 2 })
  await makeAudience(pool, sandbox, PEOPLE)
  const talkers = await newTalkers(running)
  const operator = new Person(vitte.url, scope)
  await operator.signInByWidget(sandbox, OPERATOR)
  const { client } = operator
  const startMs = performance.now()
  const draft = granted(
    await client.call<Shown>('/api/admin/campaigns', { body: { text: { ru: TEXT }, audience: {} } }),
    201,
  ).campaign
  const countedMs = performance.now() - startMs
  const path = `/api/admin/campaigns/${draft.id}`
  granted(await client.call(`${path}/start`, { method: 'POST' }))
  const sent = async () => granted(await client.call<Shown>(path)).campaign.sent
  await waitFor(async () => (await sent()) > 0, { deadlineMs: 30_000, what: 'the first of them' })
  await sleep(WARM_UP_MS)
  const sends = () => sandbox.telegram.calls({ method: 'sendMessage' })
  const after = sends().at(-1)?.order ?? 0
  const repliesMs = await askInBetween(running, talkers, MEASURED_MS)
  const times = sends().flatMap(({ order, atMs }) => (order > after ? [atMs] : []))
  const looksMs = await timed(20, sent)
  granted(await client.call(`${path}/cancel`, { method: 'POST' }))
  await pool.end()
  return rows({ total: draft.total, countedMs, times, repliesMs, looksMs })
}

async function timed(times: number, deed: () => Promise<unknown>): Promise<number[]> {
  const tookMs: number[] = []
  for (let time = 0; time < times; time += 1) {
    const startMs = performance.now()
    await deed()
    tookMs.push(performance.now() - startMs)
  }
  return tookMs
}

interface Measured {
  total: number
  countedMs: number
  /** When each message of anybody was sent. */
  times: number[]
  repliesMs: number[]
  looksMs: number[]
}

function rows({ total, countedMs, times, repliesMs, looksMs }: Measured): Row[] {
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000
  const rate = (times.length - 1) / seconds
  const row = { unit: 'ms', better: 'less' as const, floor: null, goal: null }
  return [
    {
      ...row,
      what: `campaign, away from ${PER_SECOND} messages a second`,
      value: (Math.abs(rate - PER_SECOND) / PER_SECOND) * 100,
      unit: '%',
      goal: GOALS.awayPercent,
      note: `${rate.toFixed(2)}/s over ${Math.round(seconds)} s`,
    },
    {
      ...row,
      what: 'campaign, a question in between committed to sendMessage, p99',
      value: percentile(repliesMs, 0.99),
      goal: GOALS.replyP99Ms,
      note: `${repliesMs.length} questions, p50 ${Math.round(percentile(repliesMs, 0.5))} ms`,
    },
    { ...row, what: 'campaign, an audience counted', value: countedMs, note: `${total} people` },
    { ...row, what: 'campaign, progress read, p99', value: percentile(looksMs, 0.99) },
  ]
}
