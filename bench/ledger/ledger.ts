import type { Kysely } from 'kysely'
import type pg from 'pg'
import { captureHold, holdCredits } from '#domain/credits'
import { newId } from '#platform/ids'
import { createDatabase, type Database } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { runPgbench } from '../accept/pgbench.ts'
import type { Slice } from '../accept/slice.ts'
import { median, medianRatio, percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { CREDITS, pairScript, userIdOf } from './pair-script.ts'

const ROUNDS = 3
const SLICE_SECONDS = 2
const IN_FLIGHT = [1, 8, 32]
const CROWDS = [
  { users: 1, name: 'one hot user' },
  { users: 10_000, name: '10,000 users' },
]
const GOAL_RATIO = 0.8
/**
 * A price set aside and paid, each in its own transaction, against pgbench doing the same over as many connections: default
 * durability, turn by turn.
 */
export function ledger(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const { db, pool, close } = createDatabase({
      connectionString,
      maxConnections: Math.max(...IN_FLIGHT),
      log: silentLog,
    })
    await makeUsers(pool, Math.max(...CROWDS.map(({ users }) => users)))
    const socketDir = decodeURIComponent(/[?&]host=([^&]+)/.exec(connectionString)?.[1] ?? '')
    const rows: Row[] = []
    for (const { users, name } of CROWDS) {
      const theirs = { socketDir, database: 'postgres', script: pairScript(users), seconds: SLICE_SECONDS }
      for (const inFlight of IN_FLIGHT) {
        const pairs: [Slice, Slice][] = []
        for (let round = 0; round < ROUNDS; round += 1) {
          await forgetPairs(pool)
          const ours = await runPairs(db, users, inFlight)
          await forgetPairs(pool)
          pairs.push([ours, await runPgbench({ ...theirs, clients: inFlight })])
        }
        rows.push(rowOf(`hold and capture, ${name}, ${inFlight} in flight`, pairs))
      }
    }
    await close()
    return rows
  })
}

async function makeUsers(pool: pg.Pool, users: number): Promise<void> {
  const ids = Array.from({ length: users }, (_, index) => userIdOf(index + 1))
  await pool.query(`INSERT INTO users (id, locale, key_id) SELECT id, 'ru', id FROM unnest($1::uuid[]) AS id`, [ids])
  await pool.query(
    `INSERT INTO credit_balances (user_id, type, available) SELECT id, 'basic', ${CREDITS} FROM unnest($1::uuid[]) AS id`,
    [ids],
  )
  await pool.query('VACUUM ANALYZE')
}

/** Back to the same start for every slice. */
async function forgetPairs(pool: pg.Pool): Promise<void> {
  await pool.query('TRUNCATE ledger_transfers')
  await pool.query('VACUUM credit_balances')
  await pool.query('CHECKPOINT')
}

async function runPairs(db: Kysely<Database>, users: number, inFlight: number): Promise<Slice> {
  const timesMs: number[] = []
  const cpu = process.cpuUsage()
  const start = performance.now()
  const end = start + SLICE_SECONDS * 1000
  const work = async () => {
    for (let now = performance.now(); now < end; ) {
      await pair(db, userIdOf(Math.floor(Math.random() * users) + 1))
      const then = now
      now = performance.now()
      timesMs.push(now - then)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  const elapsedSeconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    perSecond: timesMs.length / elapsedSeconds,
    p99Ms: percentile(timesMs, 0.99),
    cpuMicrosEach: (user + system) / timesMs.length,
  }
}

async function pair(db: Kysely<Database>, userId: string): Promise<void> {
  const turn = { id: newId(), userId, round: 1, priceType: 'basic', priceAmount: 1 } as const
  const refusal = await holdCredits(db, turn)
  if (refusal) throw new Error(`a hold was refused: ${refusal}`)
  await captureHold(db, turn)
}

function rowOf(what: string, pairs: [Slice, Slice][]): Row {
  const rates = pairs.map(([ours, theirs]) => [ours.perSecond, theirs.perSecond] as const)
  const middle = (side: 0 | 1) => Math.round(median(rates.map((rate) => rate[side])))
  return {
    what: `${what}, share of pgbench's rate`,
    value: medianRatio(rates),
    unit: '',
    floor: null,
    goal: GOAL_RATIO,
    better: 'more',
    note: `${middle(0)}/s against ${middle(1)}/s`,
  }
}
