/** What people do. Change these, print the table anew (`node bench/capacity/print.ts`), and put it into docs/scaling.md. */
export const HABITS = {
  /** Of all users, who talk on one day. */
  dailyShare: 0.2,
  questionsEach: 25,
  /** The busiest hour beside the mean of the day. */
  peakFactor: 3,
  /** Of those who talk on one day, who have a page open in the busiest moment. */
  pageShare: 0.05,
  /** From the question to the end of the answer, which is the model's time. */
  answerSeconds: 6,
  promptTokens: 3_000,
  replyTokens: 200,
} as const

/** What it takes here. Measured by the benches `exchange` and `live`; the last two are reckoned from the code. */
export const COSTS = {
  /** A question and its answer in the bot: lines, turn, transfers, deliveries, with all indexes. */
  diskBytes: 3_500,
  walBytes: 8_300,
  nodeCpuMs: 10.3,
  postgresCpuMs: 6.5,
  streamBytes: 17_000,
  /** TURNS_AT_ONCE of one worker process (src/processes/run-workers.ts). */
  turnsPerWorker: 64,
  /** Words of a growing answer, gathered, and the signals around it. */
  redisOps: 40,
  /** To pages and chats. */
  egressBytes: 6_000,
} as const

/** How a machine is filled: half of its cores in the busiest hour, so that it catches up after a stop. */
const MACHINE = {
  busyShare: 0.5,
  workersPerCore: 1,
  baseGb: 0.5,
  processGb: 0.2,
  postgresGbPerCore: 0.5,
} as const

const SCALES = [10_000, 100_000, 1_000_000, 10_000_000]
const CORES = [1, 2, 4, 16]
const DAY_SECONDS = 86_400
const YEAR_DAYS = 365
const GB = 1e9
const MB = 1e6

export interface Load {
  users: number
  daily: number
  questionsPerDay: number
  questionsPerSecond: number
  /** Rows a second of the accept path, which is one call for each question. */
  linesPerDay: number
  turnsInFlight: number
  workers: number
  nodeCores: number
  postgresCores: number
  tokensPerSecond: number
  streams: number
  streamGb: number
  linesPerYear: number
  diskGbPerYear: number
  walMbPerSecond: number
  redisOpsPerSecond: number
  egressMbPerSecond: number
}

/** What so many users ask of an installation; rates are those of the busiest hour. */
export function loadOf(users: number): Load {
  const daily = users * HABITS.dailyShare
  const questionsPerDay = daily * HABITS.questionsEach
  const questionsPerSecond = (questionsPerDay / DAY_SECONDS) * HABITS.peakFactor
  const turnsInFlight = questionsPerSecond * HABITS.answerSeconds
  const streams = daily * HABITS.pageShare
  return {
    users,
    daily,
    questionsPerDay,
    questionsPerSecond,
    linesPerDay: questionsPerDay * 2,
    turnsInFlight,
    workers: Math.max(1, Math.ceil(turnsInFlight / COSTS.turnsPerWorker)),
    nodeCores: (questionsPerSecond * COSTS.nodeCpuMs) / 1_000,
    postgresCores: (questionsPerSecond * COSTS.postgresCpuMs) / 1_000,
    tokensPerSecond: questionsPerSecond * (HABITS.promptTokens + HABITS.replyTokens),
    streams,
    streamGb: (streams * COSTS.streamBytes) / GB,
    linesPerYear: questionsPerDay * 2 * YEAR_DAYS,
    diskGbPerYear: (questionsPerDay * YEAR_DAYS * COSTS.diskBytes) / GB,
    walMbPerSecond: (questionsPerSecond * COSTS.walBytes) / MB,
    redisOpsPerSecond: questionsPerSecond * COSTS.redisOps,
    egressMbPerSecond: (questionsPerSecond * COSTS.egressBytes) / MB,
  }
}

const LINES: readonly [string, (load: Load) => number][] = [
  ['people who talk on a day', ({ daily }) => daily],
  ['questions a day', ({ questionsPerDay }) => questionsPerDay],
  ['questions accepted a second, busiest hour', ({ questionsPerSecond }) => questionsPerSecond],
  ['turns in flight', ({ turnsInFlight }) => turnsInFlight],
  ['worker processes for them', ({ workers }) => workers],
  ['cores for Node, all roles', ({ nodeCores }) => nodeCores],
  ['cores for PostgreSQL', ({ postgresCores }) => postgresCores],
  ['tokens of models a second', ({ tokensPerSecond }) => tokensPerSecond],
  ['pages open', ({ streams }) => streams],
  ['memory for them, GB', ({ streamGb }) => streamGb],
  ['lines a year', ({ linesPerYear }) => linesPerYear],
  ['disk a year, GB', ({ diskGbPerYear }) => diskGbPerYear],
  ['write-ahead log, MB/s', ({ walMbPerSecond }) => walMbPerSecond],
  ['Redis, operations a second', ({ redisOpsPerSecond }) => redisOpsPerSecond],
  ['egress, MB/s', ({ egressMbPerSecond }) => egressMbPerSecond],
]

/** The table of docs/scaling.md. */
export function capacityTable(): string {
  const loads = SCALES.map(loadOf)
  return table(
    ['users', ...SCALES.map(figure)],
    LINES.map(([what, of]) => [what, ...loads.map((load) => figure(of(load)))]),
  )
}

/** For how many users a machine is enough with everything on it. */
export function usersOn(cores: number): number {
  const each = (COSTS.nodeCpuMs + COSTS.postgresCpuMs) / 1_000
  const byCores = (cores * MACHINE.busyShare) / each
  const byWorkers = (cores * MACHINE.workersPerCore * COSTS.turnsPerWorker) / HABITS.answerSeconds
  return Math.min(byCores, byWorkers) / loadOf(1).questionsPerSecond
}

/** The table of docs/operations.md. */
export function sizingTable(): string {
  const rows = CORES.map((cores) => {
    const users = usersOn(cores)
    const { questionsPerSecond, turnsInFlight, streams, streamGb, diskGbPerYear } = loadOf(users)
    const workers = cores * MACHINE.workersPerCore
    const processes = (workers + 2) * MACHINE.processGb
    const memoryGb = MACHINE.baseGb + processes + cores * MACHINE.postgresGbPerCore + streamGb
    return [cores, users, questionsPerSecond, turnsInFlight, workers, streams, Math.ceil(memoryGb), diskGbPerYear].map(
      figure,
    )
  })
  return table(
    [
      'cores',
      'users',
      'questions a second',
      'turns in flight',
      'worker processes',
      'pages open',
      'memory, GB',
      'disk a year, GB',
    ],
    rows,
  )
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heading, heading.map((_, index) => (index === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** Two digits are all that a model knows. */
function figure(value: number): string {
  if (value >= 1_000) return Number(value.toPrecision(2)).toLocaleString('en')
  return String(Number(value.toPrecision(2)))
}
