import { createDatabase } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { median, medianRatio } from '../measure.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { type AcceptPath, createAcceptPath } from './accept-load.ts'
import { acceptScript } from './accept-script.ts'
import { forgetMessages, makePeople } from './people.ts'
import { runPgbench } from './pgbench.ts'
import type { Slice } from './slice.ts'

const ROUNDS = 5
const SLICE_SECONDS = 2
const GOALS = [
  { inFlight: 1, floor: null, goal: null },
  { inFlight: 8, floor: 0.6, goal: 0.85 },
  { inFlight: 32, floor: 0.75, goal: 1.2 },
] as const
const P99_GOAL_RATIO = 1.5
const CPU_GOAL_MICROS = 120

/** The accept path against pgbench calling the same SQL function: same server, default durability, turn by turn. */
export function acceptPath(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const { pool, close } = createDatabase({ connectionString, maxConnections: 1, log: silentLog })
    const people = await makePeople(pool)
    const ours = await createAcceptPath(connectionString, people)
    const socketDir = decodeURIComponent(/[?&]host=([^&]+)/.exec(connectionString)?.[1] ?? '')
    const contenders = { ours, pgbench: { socketDir, database: 'postgres', script: acceptScript(people) } }
    const rows: Row[] = []
    for (const goal of GOALS) {
      const pairs: [Slice, Slice][] = []
      for (let round = 0; round < ROUNDS; round++) {
        pairs.push(await takeTurns(contenders, goal.inFlight, () => forgetMessages(pool)))
      }
      rows.push(...rowsOf(pairs, goal))
    }
    await ours.close()
    await close()
    return rows
  })
}

interface Contenders {
  ours: AcceptPath
  pgbench: { socketDir: string; database: string; script: string }
}

async function takeTurns(
  contenders: Contenders,
  inFlight: number,
  reset: () => Promise<void>,
): Promise<[Slice, Slice]> {
  await reset()
  const ours = await contenders.ours.run(inFlight, SLICE_SECONDS)
  await reset()
  return [ours, await runPgbench({ ...contenders.pgbench, clients: inFlight, seconds: SLICE_SECONDS })]
}

function rowsOf(pairs: [Slice, Slice][], { inFlight, floor, goal }: (typeof GOALS)[number]): Row[] {
  const of = (read: (slice: Slice) => number) => pairs.map(([ours, theirs]) => [read(ours), read(theirs)] as const)
  const rates = of(({ perSecond }) => perSecond)
  const middle = (side: 0 | 1, values: typeof rates) => median(values.map((pair) => pair[side]))
  const times = of(({ p99Ms }) => p99Ms)
  const rows: Row[] = [
    {
      what: `accept path, ${inFlight} in flight, share of pgbench's rate`,
      value: medianRatio(rates),
      unit: '',
      floor,
      goal,
      better: 'more',
      note: `${Math.round(middle(0, rates))}/s against ${Math.round(middle(1, rates))}/s`,
    },
    {
      what: `accept path, ${inFlight} in flight, p99 against pgbench's`,
      value: medianRatio(times),
      unit: 'x',
      floor: null,
      goal: inFlight === 1 ? null : P99_GOAL_RATIO,
      better: 'less',
      note: `${middle(0, times).toFixed(1)} ms against ${middle(1, times).toFixed(1)} ms`,
    },
  ]
  const cpu = median(pairs.map(([ours]) => ours.cpuMicrosEach ?? Number.NaN))
  const cpuGoal = inFlight === 32 ? CPU_GOAL_MICROS : null
  rows.push({
    what: `accept path, ${inFlight} in flight, Node CPU each`,
    value: cpu,
    unit: 'µs',
    floor: null,
    goal: cpuGoal,
    better: 'less',
  })
  return rows
}
