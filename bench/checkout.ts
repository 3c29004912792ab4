import pg from 'pg'
import { granted, Person } from '../test/harness/people.ts'
import { waitFor } from '../test/harness/wait-for.ts'
import { percentile } from './measure.ts'
import type { Row } from './row.ts'
import { type Running, withVitte } from './with-vitte.ts'

const JOBS = 100_000
const PEOPLE = 60
const GOALS = { p99: 200, p99Floor: 1_000 }

/**
 * From Telegram's question before a payment to our answer: real process by polling, while so many questions wait and the
 * model says nothing. Every pack is bought by everybody, one payment after the other.
 */
export function checkout(): Promise<Row[]> {
  return withVitte(async (running) => {
    const invoices: { telegramId: number; url: string }[] = []
    for (let person = 0; person < PEOPLE; person += 1) invoices.push(...(await openInvoices(running)))
    await layJobs(running)
    const tookMs: number[] = []
    for (const { telegramId, url } of invoices) {
      const start = performance.now()
      const paid = await running.sandbox.telegram.pay(telegramId, url)
      if (paid.status !== 'paid') throw new Error(`a payment was refused: ${paid.reason}`)
      tookMs.push(performance.now() - start)
    }
    const row = { unit: 'ms', better: 'less' as const, note: `${tookMs.length} payments, ${JOBS} jobs waiting` }
    const what = 'pre-checkout asked to answered'
    return [
      { ...row, what: `${what}, p50`, value: percentile(tookMs, 0.5), floor: null, goal: null },
      { ...row, what: `${what}, p99`, value: percentile(tookMs, 0.99), floor: GOALS.p99Floor, goal: GOALS.p99 },
    ]
  })
}

/** A newcomer with an invoice of every pack. */
async function openInvoices({ vitte, sandbox, scope }: Running): Promise<{ telegramId: number; url: string }[]> {
  const { id: telegramId } = sandbox.telegram.addPerson({ firstName: 'Bench', languageCode: 'ru' })
  const person = new Person(vitte.url, scope)
  await person.openMiniApp(sandbox, telegramId)
  const { offers } = granted(await person.client.call<{ offers: { id: string; kind: string }[] }>('/api/offers'))
  const opened: { telegramId: number; url: string }[] = []
  for (const { id: offerId } of offers.filter(({ kind }) => kind === 'pack')) {
    const body = { offerId }
    const { invoiceUrl } = granted(
      await person.client.call<{ invoiceUrl: string }>('/api/payments/invoices', { body }),
      201,
    )
    opened.push({ telegramId, url: invoiceUrl })
  }
  return opened
}

/** Copies of a question that the model does not answer. */
async function layJobs({ vitte, sandbox, connectionString, scope }: Running): Promise<void> {
  const person = new Person(vitte.url, scope)
  const { id } = sandbox.telegram.addPerson({ firstName: 'Bench', languageCode: 'ru' })
  await person.openMiniApp(sandbox, id)
  await person.confirmAdult()
  await person.startConversation('arina')
  sandbox.model.control({ hold: true })
  const { turnId } = await person.ask('Как ты?')
  const client = new pg.Client({ connectionString })
  await client.connect()
  const isRunning = async () =>
    (await client.query(`SELECT FROM turns WHERE id = $1 AND state = 'running'`, [turnId])).rowCount === 1
  await waitFor(isRunning, { what: 'a question at the model' })
  await client.query(
    `INSERT INTO turns (id, user_id, conversation_id, message_id, message_seq, channel, interface, state, price_amount, due_at)
     SELECT gen_random_uuid(), user_id, conversation_id, message_id, message_seq, channel, interface, 'queued', 0, now()
     FROM turns, generate_series(1, $2::integer) WHERE id = $1`,
    [turnId, JOBS],
  )
  await client.end()
}
