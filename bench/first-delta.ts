import pg from 'pg'
import type { Sandbox } from '#sandbox'
import type { OpenStream } from '../test/harness/event-stream.ts'
import { Person } from '../test/harness/people.ts'
import { percentile } from './measure.ts'
import type { Row } from './row.ts'
import { type Running, withVitte } from './with-vitte.ts'

/** Several, because one user may send 60 messages in 10 s. */
const PEOPLE = 10
const QUESTIONS_EACH = 40
const WARM_UP_EACH = 3
const ANSWER = 'Да, конечно.'
const GOALS = { p50: 5, p99: 20, p99Floor: 50 }

/**
 * From a question's row to the first words of the answer on an open page: real process, HTTP and event stream, a model
 * that answers at once. The row's time is taken inside its transaction, so the commit is counted too.
 */
export function firstDelta(): Promise<Row[]> {
  return withVitte(async (running) => {
    running.sandbox.model.control({ text: ANSWER, delayMsPerWord: 0 })
    const pages = await Promise.all(Array.from({ length: PEOPLE }, () => openPage(running)))
    const arrivals = new Map<string, number>()
    for (let question = 0; question < WARM_UP_EACH + QUESTIONS_EACH; question++) {
      for (const page of pages) {
        const { messageId, at } = await askOnce(page)
        if (question >= WARM_UP_EACH) arrivals.set(messageId, at)
      }
    }
    const addedMs = await sinceRow(running.connectionString, arrivals)
    const row = { unit: 'ms', better: 'less' as const, note: `${addedMs.length} questions, one at a time` }
    const what = 'question committed to first delta on the page'
    return [
      { ...row, what: `${what}, p50`, value: percentile(addedMs, 0.5), floor: null, goal: GOALS.p50 },
      { ...row, what: `${what}, p99`, value: percentile(addedMs, 0.99), floor: GOALS.p99Floor, goal: GOALS.p99 },
    ]
  })
}

interface Page {
  person: Person
  stream: OpenStream
}

async function openPage({ vitte, sandbox, scope }: Running): Promise<Page> {
  const person = new Person(vitte.url, scope)
  await person.openMiniApp(sandbox, newcomer(sandbox))
  await person.confirmAdult()
  await person.startConversation('arina')
  return { person, stream: await person.watch() }
}

function newcomer(sandbox: Sandbox): number {
  return sandbox.telegram.addPerson({ firstName: 'Bench', languageCode: 'ru' }).id
}

/** Asks, waits for the answer's end, and says when its first delta came. */
async function askOnce({ person, stream }: Page): Promise<{ messageId: string; at: number }> {
  const first = stream.arrivalOf('reply.delta')
  const { message, turnId } = await person.ask('Как ты?')
  const at = await first
  await stream.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  return { messageId: message.id, at }
}

/** Milliseconds from each question's row to its arrival; both clocks are this machine's. */
async function sinceRow(connectionString: string, arrivals: ReadonlyMap<string, number>): Promise<number[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query<{ id: string; at: string }>(
    'SELECT id, extract(epoch FROM created_at) * 1000 AS at FROM messages WHERE id = ANY($1::uuid[])',
    [[...arrivals.keys()]],
  )
  await client.end()
  return rows.map(({ id, at }) => (arrivals.get(id) ?? Number.NaN) - Number(at))
}
