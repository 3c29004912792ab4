import { sql } from 'kysely'
import { createClient } from 'redis'
import type { Sandbox } from '#sandbox'
import { testRedis } from '../harness/redis.ts'
import { sandboxEnvironment, startTestSandbox } from '../harness/sandbox.ts'
import { atEnd } from '../harness/scope.ts'
import { type Court, openCourt } from './endurance/court.ts'
import { openDoor } from './endurance/door.ts'
import { awaitDrained } from './endurance/drain.ts'
import { type DurablePostgres, startDurablePostgres } from './endurance/durable-postgres.ts'
import { HARDSHIP, type Hardship } from './endurance/hardship.ts'
import { doHarm } from './endurance/harm.ts'
import { type House, openHouse } from './endurance/house.ts'
import { judgeChats } from './endurance/judge-chats.ts'
import { judgeHistories, readHistories } from './endurance/judge-histories.ts'
import { judgeLedger } from './endurance/judge-ledger.ts'
import { type Losses, watchLosses } from './endurance/losses.ts'
import { type Dweller, settlePeople } from './endurance/people.ts'
import { writeScript } from './endurance/script.ts'
import { type Said, speakAll } from './endurance/speak.ts'
import type { Outcome, Simulation, SimulationOptions } from './simulation.ts'

/** More than anybody can spend here. */
const WELCOME = 'basic:1000000'
/** Long enough for some to be killed in the midst of an answer. */
const MODEL_MS_PER_WORD = 20
/** Fewer messages than this for each leave people out. */
const MESSAGES_EACH_MIN = 4
const MS = 1_000

interface Stage {
  house: House
  sandbox: Sandbox
  postgres: DurablePostgres
  flushRedis(): Promise<unknown>
  people: Dweller[]
  losses: Losses
  court: Court
}

/**
 * Lets people talk in the bot, in the Mini App and on the site while processes are killed, PostgreSQL is shut down at once,
 * Redis forgets and updates come twice and in the wrong order. Then everything that was accepted must be there once.
 */
export const endurance: Simulation = (options) => endure(options, HARDSHIP)

/** The same, as hard as wanted. */
export async function endure(options: SimulationOptions, hardship: Hardship): Promise<Outcome> {
  const { count, random, log } = options
  const startMs = performance.now()
  const people = Math.min(hardship.people, Math.ceil(count / MESSAGES_EACH_MIN))
  const stage = await setStage(options, { ...hardship, people })
  const { house, sandbox, postgres, losses, court } = stage
  const { db } = postgres
  const harm = doHarm(stage, random.fork(1), hardship)
  const script = writeScript(random.fork(0), { count, people })
  const answered = () => countAnswered(stage)
  const { messagesPerSecond } = hardship
  const said = await speakAll({ ...stage, messagesPerSecond, answered, log }, script)
  const lastKillMs = await harm.stop()
  log('draining')
  await house.complete()
  await awaitDrained({ db, sandbox, court }, lastKillMs)
  await judge(stage, said)
  await losses.tell(court)
  await house.close()
  court.count('run', 'seconds', Math.round((performance.now() - startMs) / MS))
  return court
}

async function setStage({ scope, log }: SimulationOptions, hardship: Hardship): Promise<Stage> {
  const court = openCourt()
  const postgres = await startDurablePostgres(scope)
  const redis = await testRedis(scope)
  const hand = createClient({ url: redis.url })
  hand.on('error', () => {})
  await hand.connect()
  atEnd(scope, () => hand.destroy())
  let house: House | null = null
  const { url } = await openDoor(scope, () => house?.doors() ?? [])
  const sandbox = await startTestSandbox(scope, { appUrl: url })
  sandbox.model.control({ mode: 'echo', delayMsPerWord: MODEL_MS_PER_WORD })
  const env = {
    ...sandboxEnvironment(sandbox),
    DATABASE_URL: postgres.connectionString,
    REDIS_URL: redis.url,
    PUBLIC_URL: url,
    TELEGRAM_MODE: hardship.telegram,
    TRUSTED_PROXIES: '127.0.0.1',
    WELCOME_CREDITS_TELEGRAM: WELCOME,
    LOG_LEVEL: 'error',
  }
  house = await openHouse(scope, { processes: hardship.processes, env, court })
  await house.complete()
  const people = await settlePeople({ url, sandbox, scope, log }, hardship.people)
  const losses = watchLosses(postgres.db)
  return { house, sandbox, postgres, flushRedis: () => hand.flushAll(), people, losses, court }
}

async function countAnswered({ postgres }: Stage): Promise<number> {
  const { rows } = await sql<{ answered: number }>`
    SELECT count(*)::integer AS answered FROM turns WHERE finished_at IS NOT NULL
  `.execute(postgres.db)
  return rows[0]?.answered ?? 0
}

async function judge({ people, sandbox, postgres: { db }, court }: Stage, said: readonly Said[]): Promise<void> {
  const histories = await readHistories(people)
  judgeHistories(histories, said, court)
  await judgeLedger(db, court)
  await judgeChats({ db, sandbox, histories, said, court })
}
