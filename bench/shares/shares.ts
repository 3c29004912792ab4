import pg from 'pg'
import { Person } from '../../test/harness/people.ts'
import { waitFor } from '../../test/harness/wait-for.ts'
import { newTalker } from '../deliveries/question-to-send.ts'
import type { Row } from '../row.ts'
import { type Running, withVitte } from '../with-vitte.ts'

const PEOPLE = 50
const QUESTIONS_EACH = 8
const OPENINGS = 1_000
const OPENINGS_AT_ONCE = 10
/** One send of so many fails while Telegram has a bad day. */
const FAULT_EVERY = 4
const FAULTS = ['429', '500', '502', 'reset'] as const
const DEADLINE_MS = 120_000
const PERCENT = 100

/**
 * What share of deliveries comes at the first attempt while nothing is wrong, what share of those that failed for a
 * moment comes after all, and what share of openings of the Mini App ends signed in. The bot may send so fast that the
 * pace is not what is waited for.
 */
export function shares(): Promise<Row[]> {
  const fast = { TELEGRAM_MESSAGES_PER_SECOND: '1000' }
  return withVitte(
    async (running) => {
      const people: number[] = []
      for (let person = 0; person < PEOPLE; person += 1) people.push(await newTalker(running))
      const calm = await askAll(running, people, 'calm', null)
      const stormy = await askAll(running, people, 'stormy', FAULT_EVERY)
      const signedIn = await openAll(running)
      return [
        shareRow('deliveries at the first attempt, without faults', calm.first, calm.total, 99, 99.9),
        shareRow('deliveries that failed for a moment and came', stormy.recovered, stormy.failed, 95, 100),
        shareRow('Mini App opened and signed in', signedIn, OPENINGS, 95, 99.9),
      ]
    },
    '127.0.0.1',
    fast,
  )
}

interface Counted {
  total: number
  /** Sent by their first attempt. */
  first: number
  /** By whose first attempt they had not come. */
  failed: number
  recovered: number
}

/** Everybody asks so often; every so many sends fail once, each in another way. */
async function askAll(
  { sandbox, connectionString }: Running,
  people: number[],
  word: string,
  faultEvery: number | null,
): Promise<Counted> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const [{ since = '' } = {}] = (await client.query<{ since: string }>('SELECT clock_timestamp()::text AS since')).rows
  let asked = 0
  for (let question = 0; question < QUESTIONS_EACH; question += 1) {
    for (const id of people) {
      if (faultEvery !== null && asked % faultEvery === 0) failOnce(sandbox, id, asked / faultEvery)
      sandbox.telegram.sendText(id, `Как ты, ${word} ${question}?`)
      asked += 1
    }
    await waitFor(async () => (await count(client, since)).settled >= asked, {
      deadlineMs: DEADLINE_MS,
      what: `${asked} deliveries`,
    })
  }
  const counted = await count(client, since)
  await client.end()
  return counted
}

function failOnce(sandbox: Running['sandbox'], chatId: number, number: number): void {
  const kind = FAULTS[number % FAULTS.length] ?? '500'
  sandbox.telegram.faults.add({ kind, method: 'sendMessage', chatId, times: 1, retryAfterSeconds: 1 })
}

async function count(client: pg.Client, since: string): Promise<Counted & { settled: number }> {
  const { rows } = await client.query<Counted & { settled: number }>(
    `SELECT count(*)::integer AS total,
            count(*) FILTER (WHERE d.finished_at IS NOT NULL)::integer AS settled,
            count(*) FILTER (WHERE d.state = 'sent' AND d.attempts = 1)::integer AS first,
            count(*) FILTER (WHERE d.attempts > 1)::integer AS failed,
            count(*) FILTER (WHERE d.state = 'sent' AND d.attempts > 1)::integer AS recovered
     FROM deliveries d WHERE d.purpose = 'reply' AND d.created_at >= $1::timestamptz`,
    [since],
  )
  const [counted] = rows
  if (!counted) throw new Error('nothing was counted')
  return counted
}

/** How many of so many newcomers that open the Mini App are somebody after it. */
async function openAll({ vitte, sandbox, scope }: Running): Promise<number> {
  let opened = 0
  let signedIn = 0
  const open = async () => {
    while (opened < OPENINGS) {
      opened += 1
      const { id } = sandbox.telegram.addPerson({ firstName: 'Bench', languageCode: 'ru' })
      const person = new Person(vitte.url, scope)
      const user = await person.openMiniApp(sandbox, id).catch(() => null)
      const me = user && (await person.me().catch(() => null))
      if (me?.user.id === user?.id && user) signedIn += 1
    }
  }
  await Promise.all(Array.from({ length: OPENINGS_AT_ONCE }, open))
  return signedIn
}

function shareRow(what: string, count: number, total: number, floor: number, goal: number): Row {
  const value = (count * PERCENT) / total
  return { what, value, unit: '%', floor, goal, better: 'more', note: `${count} of ${total}` }
}
