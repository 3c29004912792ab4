import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase, type DatabaseHandle } from '#platform/postgres'
import { testRedis } from '../../test/harness/redis.ts'
import type { Scope } from '../../test/harness/scope.ts'
import { silentLog } from '../../test/harness/silent-log.ts'
import { startVitte, type Vitte } from '../../test/harness/vitte.ts'
import { median, medianRatio } from '../measure.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { cpuSeconds, type Groups, parentOf } from './cpu-time.ts'
import { askQuestions, type Questions } from './questions.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

const ROUNDS = 3
const [ONE, MANY] = [1, 3]
/** A worker opens up to all that it takes at once within this time. */
const OPEN_MS = 16_000
const LOOK_EVERY_MS = 100
const DEADLINE_MS = 120_000
/** What is measured is the middle: neither the start nor the last few. */
const [FROM_SHARE, TO_SHARE] = [0.25, 0.75]
const GOAL = 2.4
const CONNECTIONS = 12
const TOKEN = '7000000123:AAbench-token-of-the-stand-in-0123456789'

interface Kind {
  name: string
  thinkMs: number
  /** How many questions wait for one worker, and for several. */
  questions: Record<number, number>
}

const KINDS: readonly Kind[] = [
  { name: 'a model that takes 2 s', thinkMs: 2_000, questions: { [ONE]: 512, [MANY]: 1_536 } },
  { name: 'a model that answers at once', thinkMs: 0, questions: { [ONE]: 1_500, [MANY]: 1_500 } },
]

interface Slice {
  perSecond: number
  /** Processor time in cores, by who had it. */
  cores: Record<string, number>
}

interface Ground {
  connectionString: string
  database: DatabaseHandle
  standIn: StandIn
  env: Record<string, string>
}

/**
 * Answers per second, deliveries included, of three worker processes against one, each turn by turn on one PostgreSQL. With
 * a model that takes its time the limit is what a worker takes at once; with one that answers at once it is the machine, and
 * who had its cores is said.
 */
export function workers(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const hooks: (() => unknown)[] = []
    const scope: Scope = { after: (hook) => hooks.push(hook) }
    try {
      return await compare(await prepare(connectionString, scope))
    } finally {
      for (const hook of hooks) await hook()
    }
  })
}

async function prepare(connectionString: string, scope: Scope): Promise<Ground> {
  const { url: REDIS_URL } = await testRedis(scope)
  const standIn = await startStandIn(scope)
  const database = createDatabase({ connectionString, maxConnections: CONNECTIONS, log: silentLog })
  scope.after(() => database.close())
  const env = {
    DATABASE_URL: connectionString,
    REDIS_URL,
    ROLES: 'worker',
    LOG_LEVEL: 'error',
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: standIn.url,
    // No chat gets more than one message; what is left is our own pace, which is not what is measured.
    TELEGRAM_MESSAGES_PER_SECOND: '1000',
    LLM_MODEL: 'openai-compatible:bench',
    LLM_BASE_URL: `${standIn.url}/v1`,
  }
  // The first one brings the companions into the database.
  await withWorkers(env, ONE, async () => {})
  return { connectionString, database, standIn, env }
}

async function compare(ground: Ground): Promise<Row[]> {
  const rounds = new Map(KINDS.map((kind) => [kind, [] as [Slice, Slice][]]))
  for (let round = 0; round < ROUNDS; round += 1) {
    const many = await measure(ground, MANY)
    const one = await measure(ground, ONE)
    for (const [kind, pairs] of rounds) {
      const [some, single] = [many.get(kind), one.get(kind)]
      if (some && single) pairs.push([some, single])
    }
  }
  return [...rounds].map(([kind, pairs]) => row(kind, pairs))
}

/** All kinds with so many workers that have just begun. */
async function measure(ground: Ground, count: number): Promise<Map<Kind, Slice>> {
  const asked = new Map<Kind, Questions>()
  for (const kind of KINDS) asked.set(kind, await askQuestions(ground.database, kind.questions[count] ?? 0))
  return withWorkers(ground.env, count, async (processes) => {
    await sleep(OPEN_MS)
    const slices = new Map<Kind, Slice>()
    for (const [kind, questions] of asked) {
      ground.standIn.thinkFor(kind.thinkMs)
      slices.set(kind, await answer(ground, questions, kind.questions[count] ?? 0, processes))
    }
    return slices
  })
}

/** Lets the questions go, and looks at the middle of the time until all are answered. */
async function answer(
  { database }: Ground,
  questions: Questions,
  count: number,
  processes: readonly Vitte[],
): Promise<Slice> {
  const { rows } = await database.pool.query('SELECT pg_backend_pid() AS pid')
  const groups: Groups = {
    workers: { pids: processes.map(({ pid }) => pid) },
    PostgreSQL: { pids: [await parentOf(rows[0]?.pid)], children: true },
    load: { pids: [process.pid] },
  }
  const reach = async (share: number) => {
    for (const endMs = performance.now() + DEADLINE_MS; ; await sleep(LOOK_EVERY_MS)) {
      const sent = await questions.sent()
      if (sent >= count * share) return { sent, atMs: performance.now(), cpu: await cpuSeconds(groups) }
      if (performance.now() > endMs) throw new Error(`only ${sent} of ${count} questions are answered`)
    }
  }
  await questions.letGo()
  const from = await reach(FROM_SHARE)
  const to = await reach(TO_SHARE)
  await reach(1)
  const seconds = (to.atMs - from.atMs) / 1_000
  const cores = Object.keys(groups).map((name) => [name, ((to.cpu[name] ?? 0) - (from.cpu[name] ?? 0)) / seconds])
  return { perSecond: (to.sent - from.sent) / seconds, cores: Object.fromEntries(cores) }
}

async function withWorkers<T>(
  env: Record<string, string>,
  count: number,
  deed: (processes: Vitte[]) => Promise<T>,
): Promise<T> {
  const hooks: (() => unknown)[] = []
  const scope: Scope = { after: (hook) => hooks.push(hook) }
  try {
    const processes: Vitte[] = []
    while (processes.length < count) processes.push(await startVitte(scope, env))
    return await deed(processes)
  } finally {
    for (const hook of hooks) await hook()
  }
}

function row({ name }: Kind, pairs: readonly [Slice, Slice][]): Row {
  const rate = (side: 0 | 1) => Math.round(median(pairs.map((pair) => pair[side].perSecond)))
  const cores = (side: 0 | 1) =>
    ['workers', 'PostgreSQL', 'load']
      .map((who) => `${who} ${median(pairs.map((pair) => pair[side].cores[who] ?? 0)).toFixed(2)}`)
      .join(', ')
  return {
    what: `${MANY} workers against ${ONE}, ${name}`,
    value: medianRatio(pairs.map(([many, one]) => [many.perSecond, one.perSecond] as const)),
    unit: '',
    floor: null,
    goal: GOAL,
    better: 'more',
    note: `${rate(0)}/s against ${rate(1)}/s; cores ${cores(0)} against ${cores(1)}`,
  }
}
