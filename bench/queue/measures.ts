import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { percentile } from '../measure.ts'
import type { Contender, Stand } from './contender.ts'

const WITHIN_CALLS = 300
const SINGLE_JOBS = 30
const PAUSE_MS = 20
const BACKLOG = 6_000
const AT_ONCE = 32
const BUSINESS = { name: 'business', text: `INSERT INTO business (text) VALUES ('something happened')` }

/** Every job has a number of its own. */
let numbers = 0
const nextNumber = () => {
  numbers += 1
  return numbers
}

/** Milliseconds that a job adds to a transaction, the middle of many that go by turns with the same one without. */
export async function addedMs({ pool }: Stand, contender: Contender): Promise<number> {
  const client = await pool.connect()
  const [bare, withJob]: [number[], number[]] = [[], []]
  for (let call = 0; call < WITHIN_CALLS; call += 1) {
    bare.push(await timed(() => transaction(client, null)))
    withJob.push(await timed(() => transaction(client, contender)))
  }
  client.release()
  await drain(contender, WITHIN_CALLS)
  return percentile(withJob, 0.5) - percentile(bare, 0.5)
}

async function transaction(client: pg.PoolClient, contender: Contender | null): Promise<void> {
  await client.query('BEGIN')
  await client.query(BUSINESS)
  if (contender?.addWithin) await contender.addWithin(client, nextNumber())
  await client.query('COMMIT')
  if (contender && !contender.addWithin) await contender.add(nextNumber())
}

async function timed(deed: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await deed()
  return performance.now() - start
}

/** Milliseconds from the call that adds a job to its beginning at a worker that has nothing else to do. */
export async function beginMs(contender: Contender): Promise<number> {
  let begun = (_at: number) => {}
  const worker = await contender.work(1, async () => begun(performance.now()))
  const tookMs: number[] = []
  for (let job = 0; job < SINGLE_JOBS; job += 1) {
    const beginning = new Promise<number>((resolve) => {
      begun = resolve
    })
    const start = performance.now()
    await contender.add(nextNumber())
    tookMs.push((await beginning) - start)
    // Until the worker has seen that there is nothing more.
    await sleep(PAUSE_MS)
  }
  await worker.stop()
  return percentile(tookMs, 0.5)
}

/** Jobs a second out of a backlog. */
export async function drainRate(contender: Contender): Promise<number> {
  await contender.addMany(Array.from({ length: BACKLOG }, nextNumber))
  return (BACKLOG * 1_000) / (await drain(contender, BACKLOG))
}

/** Works off so many jobs; milliseconds from the first one begun to the last. */
async function drain(contender: Contender, count: number): Promise<number> {
  let done = 0
  let startMs = 0
  const { promise: finished, resolve } = Promise.withResolvers<number>()
  const worker = await contender.work(AT_ONCE, async () => {
    startMs ||= performance.now()
    done += 1
    if (done === count) resolve(performance.now() - startMs)
  })
  const tookMs = await finished
  await worker.stop()
  return tookMs
}
