import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Database } from '#platform/postgres'
import { type TestDatabase, testDatabase } from '../harness/database.ts'
import { Person } from '../harness/people.ts'
import { testRedis } from '../harness/redis.ts'
import { sandboxEnvironment, startTestSandbox } from '../harness/sandbox.ts'
import { waitFor } from '../harness/wait-for.ts'
import { openCourt } from './endurance/court.ts'
import { openDoor } from './endurance/door.ts'
import { type House, openHouse, withEveryRole } from './endurance/house.ts'
import { buy, moveIn, type Shop } from './payments/buyer.ts'
import { HARDSHIP, type Hardship } from './payments/hardship.ts'
import { judgeStars } from './payments/judge-stars.ts'
import { writePurchases } from './payments/script.ts'
import type { Random } from './random.ts'
import type { Outcome, Simulation, SimulationOptions } from './simulation.ts'

const OPERATOR = 700_000_002
/** Telegram's second between the tries to hand an update over. */
const RETRY_SECOND_MS = 50
/** After the last kill everything that Telegram tells and lists is to be booked within this time. */
const SETTLED_MAX_MS = 90_000
const PATIENCE_MS = 60_000
/** Nobody goes on for ever when nothing is sold any more. */
const TRIES_PER_PAYMENT_MAX = 3
const MS = 1_000

interface Stage extends Shop {
  house: House
  database: TestDatabase
}

/**
 * Lets people buy packs and subscriptions in the sandbox's Telegram, which tells of it three times, in the wrong order or
 * not at all, charges again, and gives back; meanwhile processes are killed. Then the books must be Telegram's own.
 */
export const payments: Simulation = (options) => sell(options, HARDSHIP)

/** The same, as hard as wanted. */
export async function sell(options: SimulationOptions, hardship: Hardship): Promise<Outcome> {
  const startMs = performance.now()
  const stage = await setStage(options, hardship)
  const { court, database, sandbox, house } = stage
  const stopped = new AbortController()
  const killing = killNowAndThen(stage, options.random.fork(1), hardship, stopped.signal)
  await serveAll(stage, options, hardship)
  stopped.abort()
  await killing
  await house.complete()
  await settle(stage)
  await judgeStars(database.db, sandbox, court)
  await house.close()
  court.count('run', 'seconds', Math.round((performance.now() - startMs) / MS))
  return court
}

async function setStage({ scope, log }: SimulationOptions, { processes }: Hardship): Promise<Stage> {
  const court = openCourt()
  const database = await testDatabase(scope)
  const redis = await testRedis(scope)
  let house: House | null = null
  const { url } = await openDoor(scope, () => house?.serving() ?? [])
  const sandbox = await startTestSandbox(scope, { appUrl: url, retrySecondMs: RETRY_SECOND_MS })
  const env = {
    ...sandboxEnvironment(sandbox),
    DATABASE_URL: database.connectionString,
    REDIS_URL: redis.url,
    PUBLIC_URL: url,
    TELEGRAM_MODE: 'webhook',
    TRUSTED_PROXIES: '127.0.0.1',
    ADMIN_TELEGRAM_IDS: String(OPERATOR),
    LOG_LEVEL: 'error',
  }
  log('opening the house')
  house = await openHouse(scope, { processes: withEveryRole(processes), env, court })
  await house.complete()
  const operator = new Person(url, scope)
  await operator.signInByWidget(sandbox, OPERATOR)
  return { url, sandbox, operator, court, house, database }
}

/** One person after the other, several at once, until enough is paid. */
async function serveAll(stage: Stage, { count, random, scope, log }: SimulationOptions, hardship: Hardship) {
  let paid = 0
  let buyers = 0
  const tries = Math.ceil((count / hardship.paymentsEach) * TRIES_PER_PAYMENT_MAX)
  const serve = async () => {
    while (paid < count && buyers < tries) {
      buyers += 1
      const script = writePurchases(random.fork(buyers + 1), hardship.paymentsEach)
      const buyer = await moveIn(stage, scope)
      for (const purchase of script) {
        if (paid >= count) break
        if (await buy(stage, buyer, purchase)) paid += 1
        log(`${paid} of ${count} payments, findings: ${stage.court.findings.length}`)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(hardship.atOnce, count) }, serve))
  stage.court.count('run', 'payments', paid)
  stage.court.count('run', 'people', buyers)
  if (paid < count) stage.court.find('Not everything could be bought', { paid, count })
}

async function killNowAndThen(
  { house, court }: Stage,
  random: Random,
  { processes, killEveryMs, killsMax }: Hardship,
  signal: AbortSignal,
): Promise<void> {
  for (let kills = 0; kills < killsMax; ) {
    await sleep(killEveryMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    const serving = house.serving()
    // Where starts take longer than the pauses between kills, half of all are left alone, else nobody would ever sell.
    if (serving.length <= processes / 2) continue
    kills += 1
    await house.end(random.pick(serving), 'SIGKILL')
    court.count('harm', 'kills')
  }
}

/** Everything that is told arrives; then the list is compared, as it is soon after a start, and nothing is lost any more. */
async function settle({ house, sandbox, database: { db }, court }: Stage): Promise<void> {
  const told = () => sandbox.telegram.pendingUpdates().length === 0
  await waitFor(told, { deadlineMs: SETTLED_MAX_MS, what: 'all updates to be taken' })
  const since = await databaseTime(db)
  await house.end(house.serving()[0] ?? 0, 'SIGKILL')
  // Whoever was killed over it had it for a while longer.
  await sql`UPDATE star_reconciliation SET claimed_until = NULL`.execute(db)
  await waitFor(async () => (await comparedSince(db, since)) || null, {
    deadlineMs: PATIENCE_MS,
    what: 'the comparison with the list of Star transactions',
  })
  await house.complete()
  const { rows } = await sql<{ found: number }>`
    SELECT count(*)::integer AS found FROM charges WHERE source = 'reconciled'`.execute(db)
  court.count('run', 'found by comparing', rows[0]?.found ?? 0)
}

async function databaseTime(db: Kysely<Database>): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(db)
  return rows[0]?.now ?? new Date()
}

async function comparedSince(db: Kysely<Database>, since: Date): Promise<boolean> {
  const { rows } = await sql`SELECT FROM star_reconciliation WHERE compared_at > ${since}`.execute(db)
  return rows.length > 0
}
