import { createDatabase } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { median, medianRatio } from '../measure.ts'
import { installPeers } from '../peers.ts'
import type { Row } from '../row.ts'
import { withRedis } from '../with-redis.ts'
import { withServer } from '../with-server.ts'
import type { Contender, Stand } from './contender.ts'
import { CONTENDERS, type ContenderName } from './contenders.ts'
import { addedMs, beginMs, drainRate } from './measures.ts'
import { recoverySeconds } from './recovery.ts'

const ROUNDS = 3
const CONNECTIONS = 4
/** The least that one pays in PostgreSQL. */
const SHARE_GOAL = 0.8

/** Of one round. */
interface Figures {
  addedMs: number
  beginMs: number
  perSecond: number
}

type Rounds = Record<ContenderName, Figures[]>

const NAMES = Object.keys(CONTENDERS) as ContenderName[]

/**
 * The leases that turns and deliveries stand on, beside a loop written by hand and two job libraries: same PostgreSQL of
 * default durability, a Redis without a disk, work that takes no time. Turn by turn.
 */
export async function queue(): Promise<Row[]> {
  await installPeers()
  return withServer((connectionString) =>
    withRedis(async (redisUrl) => {
      const { pool, close } = createDatabase({ connectionString, maxConnections: CONNECTIONS, log: silentLog })
      const stand = { connectionString, redisUrl, pool }
      await pool.query('CREATE TABLE business (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)')
      const contenders = NAMES.map((name) => [name, CONTENDERS[name]()] as const)
      for (const [, contender] of contenders) await contender.prepare(stand)
      const rounds = await measureByTurns(stand, contenders)
      const recovered = await recoverySeconds(stand, contenders)
      for (const [, contender] of contenders) await contender.close()
      await close()
      return [...rowsOf(rounds), recoveryRow(recovered)]
    }),
  )
}

async function measureByTurns(
  stand: Stand,
  contenders: readonly (readonly [ContenderName, Contender])[],
): Promise<Rounds> {
  const rounds = Object.fromEntries(NAMES.map((name) => [name, []])) as unknown as Rounds
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, contender] of contenders) {
      rounds[name].push({
        addedMs: await addedMs(stand, contender),
        beginMs: await beginMs(contender),
        perSecond: await drainRate(contender),
      })
    }
  }
  return rounds
}

function rowsOf(rounds: Rounds): Row[] {
  const middle = (name: ContenderName, of: keyof Figures) => median(rounds[name].map((figures) => figures[of]))
  const told = (of: keyof Figures, digits: number) =>
    NAMES.map((name) => `${name} ${middle(name, of).toFixed(digits)}`).join(', ')
  const against = (name: ContenderName, of: keyof Figures) =>
    medianRatio(rounds.Vitte.map((ours, round) => [ours[of], rounds[name][round]?.[of] ?? Number.NaN]))
  const row = { floor: null, goal: null, unit: 'ms', better: 'less' as const }
  return [
    {
      ...row,
      what: 'a job added within a transaction: what it adds, p50',
      value: middle('Vitte', 'addedMs'),
      note: `${told('addedMs', 2)} ms; BullMQ knows no transaction, its jobs are added after it`,
    },
    {
      ...row,
      what: 'a job added to begun, nothing else going on, p50',
      value: middle('Vitte', 'beginMs'),
      note: `${told('beginMs', 2)} ms; by hand nobody wakes the loop`,
    },
    {
      ...row,
      what: "jobs taken and finished, share of a loop's rate by hand",
      value: against('by hand', 'perSecond'),
      unit: '',
      goal: SHARE_GOAL,
      better: 'more',
      note: `${told('perSecond', 0)} a second`,
    },
    {
      ...row,
      what: "jobs taken and finished, of graphile-worker's rate",
      value: against('graphile-worker', 'perSecond'),
      unit: 'x',
      better: 'more',
    },
    {
      ...row,
      what: "jobs taken and finished, of BullMQ's rate",
      value: against('BullMQ', 'perSecond'),
      unit: 'x',
      better: 'more',
      note: 'it writes to memory: Redis without a disk forgets them with its power',
    },
  ]
}

function recoveryRow(recovered: Record<ContenderName, number | null>): Row {
  const told = NAMES.map((name) => `${name} ${recovered[name]?.toFixed(1) ?? 'not within the time waited'}`)
  return {
    what: 'a job of a killed worker begun again by another',
    value: recovered.Vitte ?? Number.NaN,
    unit: 's',
    floor: 30,
    goal: 20,
    better: 'less',
    note: `${told.join(', ')}; seconds after SIGKILL`,
  }
}
