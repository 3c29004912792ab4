import { randomInt } from 'node:crypto'
import { HISTORY_PAGE_DEFAULT } from '#contract/limits'
import { createHistory } from '#domain/conversations'
import { createKeyRing } from '#domain/identity'
import { readHistory } from '#domain/replies'
import { createDatabase } from '#platform/postgres'
import { createVault } from '#platform/vault'
import { silentLog } from '../../test/harness/silent-log.ts'
import { pgbenchTimes } from '../accept/pgbench.ts'
import { median, medianRatio } from '../measure.ts'
import type { Row } from '../row.ts'
import { withVitte } from '../with-vitte.ts'
import { type Class, LARGE, linesOf, SMALL, userIdOf } from './house.ts'
import { httpPages } from './http-pages.ts'
import { layHouse } from './lay-house.ts'
import { assertKeyset, pageScript, pageStatement } from './page-statement.ts'

const LIMIT = HISTORY_PAGE_DEFAULT
const ROUNDS = 7
const SLICE_SECONDS = 1
const WARM_PAGES = 200
const PAGE = { floor: 2, goal: 1.5 }
const DEPTH_GOAL = 1.1

/** A page of the history of a house of a million lines, beside pgbench with the same statement. */
export function history(): Promise<Row[]> {
  return measure(SMALL)
}

/** The same with ten million. */
export function historyLarge(): Promise<Row[]> {
  return measure(LARGE)
}

type Reading = (person: number, before: number) => Promise<unknown>

function measure(house: readonly Class[]): Promise<Row[]> {
  const [longest] = house
  if (!longest) throw new Error('nobody lives here')
  return withVitte(
    async ({ connectionString, vitte }) => {
      const { db, pool, close } = createDatabase({ connectionString, maxConnections: 4, log: silentLog })
      const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
      await layHouse(pool, vault, house)
      const deps = { db, history: createHistory({ vault, keys: createKeyRing({ vault, db }) }) }
      const statement = await pageStatement(pool, deps.history, userIdOf(1))
      await assertKeyset(pool, statement, userIdOf(1))
      const http = httpPages(vitte.url)
      const readings: Record<string, Reading> = {
        sealed: (person, before) =>
          pool.query({ name: 'page', text: statement, values: [userIdOf(person), before, LIMIT + 1] }),
        lines: (person, before) => deps.history.page(db, userIdOf(person), { before, limit: LIMIT + 1 }),
        whole: (person, before) => readHistory(deps, userIdOf(person), { before, limit: LIMIT }),
        http: (person, before) => http.read(person, { before, limit: LIMIT }),
      }
      const script = pageScript(statement, { people: longest.read, lines: longest.lines, limit: LIMIT + 1 })
      const socketDir = decodeURIComponent(/[?&]host=([^&]+)/.exec(connectionString)?.[1] ?? '')
      const yardstick = () =>
        pgbenchTimes({ socketDir, database: 'postgres', script, clients: 1, seconds: SLICE_SECONDS })
      const rows = [
        ...(await besidePgbench(house, readings, yardstick)),
        await byDepth(house, readings.lines as Reading),
      ]
      http.close()
      await close()
      return rows
    },
    '127.0.0.1',
    { ROLES: 'http' },
  )
}

async function besidePgbench(
  house: readonly Class[],
  readings: Record<string, Reading>,
  yardstick: () => Promise<number[]>,
): Promise<Row[]> {
  const longest = house[0] as Class
  const anywhere = () => [randomInt(longest.read) + 1, randomInt(LIMIT + 1, longest.lines)] as const
  for (const read of Object.values(readings)) for (let page = 0; page < WARM_PAGES; page += 1) await read(...anywhere())
  const pairs = new Map<string, [number, number][]>(Object.keys(readings).map((name) => [name, []]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, read] of Object.entries(readings)) {
      const ours = median(await timesOf(() => read(...anywhere())))
      pairs.get(name)?.push([ours, median(await yardstick())])
    }
  }
  const what = `page of ${LIMIT} of ${linesOf(house).toLocaleString('en')} lines`
  const row = (name: string, more: string, limits: Pick<Row, 'floor' | 'goal'>): Row => ({
    what: `${what}${more}, p50 beside pgbench`,
    value: medianRatio(pairs.get(name) ?? []),
    unit: 'x',
    ...limits,
    better: 'less',
    note: [0, 1]
      .map((side) => `${median((pairs.get(name) ?? []).map((pair) => pair[side as 0 | 1])).toFixed(2)} ms`)
      .join(' against '),
  })
  return [
    row('sealed', ', still sealed', { floor: null, goal: null }),
    row('lines', ', opened', PAGE),
    row('whole', ', with turns and deliveries', { floor: null, goal: null }),
    row('http', ' over HTTP', { floor: null, goal: null }),
  ]
}

/** The newest page, one from the middle and the first: the slowest of them beside the fastest. */
async function byDepth(house: readonly Class[], read: Reading): Promise<Row> {
  const { lines, read: people } = house[0] as Class
  const places = [lines + 1, Math.floor(lines / 2), LIMIT + 2]
  const timesMs: number[][] = places.map(() => [])
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, before] of places.entries()) {
      timesMs[index]?.push(median(await timesOf(() => read(randomInt(people) + 1, before))))
    }
  }
  const middles = timesMs.map(median)
  return {
    what: `newest, middle and oldest page of ${lines.toLocaleString('en')} lines, slowest beside fastest`,
    value: Math.max(...middles) / Math.min(...middles),
    unit: 'x',
    floor: null,
    goal: DEPTH_GOAL,
    better: 'less',
    note: middles.map((ms) => `${ms.toFixed(2)} ms`).join(', '),
  }
}

async function timesOf(deed: () => Promise<unknown>): Promise<number[]> {
  const timesMs: number[] = []
  const end = performance.now() + SLICE_SECONDS * 1_000
  for (let now = performance.now(); now < end; ) {
    await deed()
    const then = now
    now = performance.now()
    timesMs.push(now - then)
  }
  return timesMs
}
