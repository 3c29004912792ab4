import { createDatabase } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { median, medianRatio, percentile } from '../measure.ts'
import { installPeers } from '../peers.ts'
import type { Row } from '../row.ts'
import { withRedis } from '../with-redis.ts'
import { withServer } from '../with-server.ts'
import { type Pair, type PairFiles, startPair } from './pair.ts'
import { makeReaders } from './readers.ts'

const READERS = 1_000
const ROUNDS = 5
const PUSHES_PER_SECOND = 1_000
const PUSH_SECONDS = 3
/** As beside raw connections on one process. */
const CPU_GOAL_RATIO = 1.3
const P99_GOAL_RATIO = 1.5

interface Push {
  cpuMicros: number
  p50Ms: number
  p99Ms: number
}

/** Something happens at one process, and a page that another one holds shows it: beside socket.io over the same Redis. */
export async function liveBetweenTwo(): Promise<Row[]> {
  await installPeers()
  return withServer((connectionString) =>
    withRedis(async (redisUrl) => {
      const { pool, close } = createDatabase({ connectionString, maxConnections: 1, log: silentLog })
      await makeReaders(pool, READERS)
      await close()
      const ours: PairFiles = {
        way: 'sse',
        source: 'live/publish-vitte.ts',
        sourceArgs: [redisUrl],
        holder: 'live/serve-vitte.ts',
        holderArgs: [connectionString, redisUrl],
      }
      const file = 'peers/socket-io-two.mjs'
      const theirs: PairFiles = {
        way: 'socket.io',
        source: file,
        sourceArgs: [redisUrl],
        holder: file,
        holderArgs: [redisUrl],
      }
      return rowsOf(await measureByTurns(ours, theirs))
    }),
  )
}

/** Both stand all the time, and are pushed to by turns: what the machine does meanwhile meets both. */
async function measureByTurns(ours: PairFiles, theirs: PairFiles): Promise<[Push, Push][]> {
  const pairs = [await startPair(ours, READERS), await startPair(theirs, READERS)] as const
  try {
    for (const pair of pairs) await pair.push(PUSHES_PER_SECOND, 1)
    const rounds: [Push, Push][] = []
    for (let round = 0; round < ROUNDS; round += 1) rounds.push([await measure(pairs[0]), await measure(pairs[1])])
    return rounds
  } finally {
    for (const pair of pairs) await pair.close()
  }
}

async function measure(pair: Pair): Promise<Push> {
  const { cpuMicrosEach, delaysMs } = await pair.push(PUSHES_PER_SECOND, PUSH_SECONDS)
  return { cpuMicros: cpuMicrosEach, p50Ms: percentile(delaysMs, 0.5), p99Ms: percentile(delaysMs, 0.99) }
}

function rowsOf(rounds: [Push, Push][]): Row[] {
  const shown = [
    { of: 'p50Ms', what: 'p50', unit: 'ms', digits: 2, goal: null },
    { of: 'p99Ms', what: 'p99', unit: 'ms', digits: 2, goal: P99_GOAL_RATIO },
    { of: 'cpuMicros', what: 'processor time', unit: 'µs', digits: 0, goal: CPU_GOAL_RATIO },
  ] as const
  return shown.map(({ of, what, unit, digits, goal }) => {
    const pairs = rounds.map(([ours, theirs]) => [ours[of], theirs[of]] as const)
    const middle = (side: 0 | 1) => `${median(pairs.map((pair) => pair[side])).toFixed(digits)} ${unit}`
    return {
      what: `push between two processes, ${what} / socket.io`,
      value: medianRatio(pairs),
      unit: '',
      floor: null,
      goal,
      better: 'less',
      note: `Vitte ${middle(0)}, socket.io with its Redis adapter ${middle(1)}; ${READERS} readers, ${PUSHES_PER_SECOND}/s`,
    }
  })
}
