import { createDatabase } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { median, medianRatio } from '../measure.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { type Backlog, layBacklog, laySupply } from './backlog.ts'
import { createTables, runBareLoop } from './bare-loop.ts'
import type { Load } from './load.ts'
import { runOurQueue } from './our-queue.ts'

const ROUNDS = 5
const SLICE_MS = 2_000
const AT_ONCE = 64
const SEND_MS = 5
/** Of a process (open-database.ts); the bare loop gets as many in all. */
const CONNECTIONS = 12
const LEASE_CONNECTIONS = 3
const SHARE_GOAL = 0.8
const FLAT_GOAL = 0.9
const TABLES = ['deliveries', 'loop_deliveries'] as const
const BACKLOGS: Backlog[] = [
  { name: 'no backlog', rows: 0, due: 'later' },
  { name: '100,000 waiting', rows: 100_000, due: 'later' },
  { name: '100,000 due', rows: 100_000, due: 'now' },
]

/** Deliveries per second of one process against a loop written by hand: same server, same durability, turn by turn. */
export function queueRate(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const open = (maxConnections: number, hasty = false) =>
      createDatabase({ connectionString, maxConnections, log: silentLog, hasty })
    const ours = { database: open(CONNECTIONS), hasty: open(LEASE_CONNECTIONS, true) }
    const bare = open(CONNECTIONS + LEASE_CONNECTIONS)
    await createTables(bare.pool)
    const rounds = new Map<Backlog, [number, number][]>()
    for (const backlog of BACKLOGS) {
      const pairs: [number, number][] = []
      for (const table of TABLES) await layBacklog(bare.pool, table, backlog)
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const table of TABLES) await laySupply(bare.pool, table)
        const our = await perSecond((load) => runOurQueue(ours, load))
        pairs.push([our, await perSecond((load) => runBareLoop(bare.pool, load))])
      }
      rounds.set(backlog, pairs)
    }
    await Promise.all([ours.database.close(), ours.hasty.close(), bare.close()])
    return [...shares(rounds), ...flatness(rounds)]
  })
}

async function perSecond(run: (load: Load) => Promise<number>): Promise<number> {
  const startMs = performance.now()
  const sent = await run({ atOnce: AT_ONCE, sendMs: SEND_MS, untilMs: startMs + SLICE_MS })
  return (sent * 1000) / (performance.now() - startMs)
}

type Rounds = ReadonlyMap<Backlog, (readonly [number, number])[]>

function shares(rounds: Rounds): Row[] {
  return [...rounds].map(([{ name }, pairs]) => {
    const [ours, bare] = ([0, 1] as const).map((side) => Math.round(median(pairs.map((pair) => pair[side]))))
    return {
      what: `deliveries, ${name}, share of a bare loop's rate`,
      value: medianRatio(pairs),
      unit: '',
      floor: null,
      goal: SHARE_GOAL,
      better: 'more',
      note: `${ours}/s against ${bare}/s`,
    }
  })
}

/** Each round's rate with a backlog against the same round's without. */
function flatness(rounds: Rounds): Row[] {
  const [empty = [], ...others] = [...rounds.values()]
  return others.map((pairs, index) => ({
    what: `deliveries, ${BACKLOGS[index + 1]?.name}, share of the rate without`,
    value: medianRatio(pairs.map(([ours], round) => [ours, empty[round]?.[0] ?? Number.NaN] as const)),
    unit: '',
    floor: null,
    goal: FLAT_GOAL,
    better: 'more',
  }))
}
