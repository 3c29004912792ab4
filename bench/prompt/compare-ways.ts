import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import { createHistory } from '#domain/conversations'
import { lockUser } from '#domain/identity'
import { newId } from '#platform/ids'
import { type Database, inTransaction } from '#platform/postgres'
import { type PromptDeps, preparePrompt } from '../../src/domain/replies/prompt/prepare-prompt.ts'
import type { Turn } from '../../src/domain/replies/turn.ts'
import { lineOf } from '../lay-past.ts'
import { median, medianRatio, percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import type { Ground, Talk } from './long-talk.ts'

const QUESTIONS = 400
const WARM_UP_QUESTIONS = 40
const P50_GOAL_MS = 5
const MICROSECONDS_PER_MS = 1_000

/** A way to come by the recent messages. */
export interface Way {
  name: string
  deps: PromptDeps
}

interface Figures {
  timesMs: number[]
  cpuMs: number[]
  queries: number
  bytes: number
  shape: string
}

export interface Comparison {
  ground: Ground
  pool: pg.Pool
  ways: Way[]
  talk: Talk
}

/**
 * Question after question in a talk that goes on; each is prepared in every way, in turns first. The database has the
 * rows at hand, as it has those of somebody who is writing. An empty query each time tells what of it is the machine's.
 */
export async function compareWays(what: string, { ground, pool, ways, talk }: Comparison): Promise<Row[]> {
  const count = countTraffic(pool)
  const figures = new Map(ways.map(({ name }) => [name, emptyFigures()]))
  const queryMs: number[] = []
  for (let question = 0; question < WARM_UP_QUESTIONS + QUESTIONS; question += 1) {
    const turn = await ask(ground, talk, question)
    const order = ways.map((_, index) => ways[(index + question) % ways.length])
    for (const way of order) {
      if (!way) continue
      const taken = await prepareOnce(way.deps, turn, count)
      if (question >= WARM_UP_QUESTIONS) note(figures.get(way.name), taken)
    }
    queryMs.push(await timeEmptyQuery(ground.db))
  }
  count.end()
  const alone = figures.get(ways[0]?.name ?? '')
  return [...figures].flatMap(([name, seen]) => rowsOf(`${what}, ${name}`, seen, { alone, queryMs }))
}

function emptyFigures(): Figures {
  return { timesMs: [], cpuMs: [], queries: 0, bytes: 0, shape: '' }
}

interface Taken {
  ms: number
  cpuMs: number
  queries: number
  bytes: number
  shape: string
}

async function prepareOnce(deps: PromptDeps, turn: Turn, count: Count): Promise<Taken> {
  const before = count.now()
  const cpu = process.cpuUsage()
  const start = performance.now()
  const prepared = await preparePrompt(deps, turn)
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  const after = count.now()
  if (!prepared || !('prompt' in prepared)) throw new Error('there is no prompt')
  const { prompt } = prepared
  return {
    ms,
    cpuMs: (user + system) / MICROSECONDS_PER_MS,
    queries: after.queries - before.queries,
    bytes: after.bytes - before.bytes,
    shape: `${prompt.messages.length} messages, ${prompt.system.length} characters of system text`,
  }
}

function note(figures: Figures | undefined, { ms, cpuMs, queries, bytes, shape }: Taken): void {
  if (!figures) return
  figures.timesMs.push(ms)
  figures.cpuMs.push(cpuMs)
  figures.queries += queries
  figures.bytes += bytes
  figures.shape = shape
}

async function timeEmptyQuery(db: Kysely<Database>): Promise<number> {
  const start = performance.now()
  await sql`SELECT 1`.execute(db)
  return performance.now() - start
}

function rowsOf(what: string, seen: Figures, { alone, queryMs }: { alone?: Figures; queryMs: number[] }): Row[] {
  const row = { unit: 'ms', floor: null, better: 'less' as const }
  const calls = seen.timesMs.length
  const ratio = (of: 'timesMs' | 'cpuMs') =>
    medianRatio(seen[of].map((value, index) => [value, alone?.[of][index] ?? Number.NaN] as const)).toFixed(2)
  const note = [
    seen.shape,
    `${median(seen.cpuMs).toFixed(2)} ms of processor time (${ratio('cpuMs')} of the first way)`,
    `time ${ratio('timesMs')} of it`,
    `${(seen.queries / calls).toFixed(1)} queries, ${Math.round(seen.bytes / calls / 1_024)} KiB from PostgreSQL`,
    `an empty query ${percentile(queryMs, 0.5).toFixed(2)} ms`,
  ].join('; ')
  return [
    { ...row, what: `${what}, p50`, value: percentile(seen.timesMs, 0.5), goal: P50_GOAL_MS, note },
    { ...row, what: `${what}, p99`, value: percentile(seen.timesMs, 0.99), goal: null, note: `${calls} questions` },
  ]
}

interface Count {
  now(): { queries: number; bytes: number }
  end(): void
}

/** What goes over the connections of a pool: each statement outside a transaction takes one of them. */
function countTraffic(pool: pg.Pool): Count {
  const sockets = new Set<{ bytesRead: number }>()
  let queries = 0
  const onAcquire = (client: pg.PoolClient) => {
    queries += 1
    sockets.add((client as unknown as { connection: { stream: { bytesRead: number } } }).connection.stream)
  }
  pool.on('acquire', onAcquire)
  return {
    now: () => ({ queries, bytes: [...sockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0) }),
    end: () => void pool.off('acquire', onAcquire),
  }
}

/** The last question is answered and a new one asked, as its turn is leased. */
async function ask({ db, vault, keys }: Ground, { userId, conversationId }: Talk, number: number): Promise<Turn> {
  const history = createHistory({ vault, keys })
  const id = newId()
  const place = { channel: 'web', interface: 'browser' } as const
  const question = await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) throw new Error('there is no such user')
    const line = { conversationId, turnId: id, contentType: 'text', ...place } as const
    await history.append(tx, user, { ...line, role: 'assistant', text: lineOf(number) })
    return history.append(tx, user, { ...line, role: 'user', text: 'О чём мы говорили?' })
  })
  return {
    id,
    userId,
    conversationId,
    messageId: question.id,
    messageSeq: question.seq,
    ...place,
    address: null,
    state: 'running',
    code: null,
    priceType: 'basic',
    priceAmount: 1,
    round: 1,
    cancelRequested: false,
    previewId: null,
    leaseToken: 1,
    leaseAttempts: 1,
  }
}
