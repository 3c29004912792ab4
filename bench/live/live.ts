import { createDatabase } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { median, percentile } from '../measure.ts'
import { installPeers } from '../peers.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { type Contestant, startContestant, type Way } from './contestant.ts'
import { makeReaders } from './readers.ts'

/** As many as a small machine's default range of ports and files allows beside the rest. */
const STREAMS = 15_000
const STREAMS_FLOOR = 1_000
/** For processor time and delay: fewer, so that each is pushed to more than once. */
const PUSHED_TO = 1_000
const ROUNDS = 3
const PUSHES_PER_SECOND = 1_000
const PUSH_SECONDS = 5
const KB = 1_000

interface Entry {
  name: string
  way: Way
  file: string
}
const PEERS: Entry[] = [
  { name: 'raw node:http', way: 'sse', file: 'peers/raw-sse.mjs' },
  { name: 'ws', way: 'ws', file: 'peers/ws.mjs' },
  { name: 'socket.io', way: 'socket.io', file: 'peers/socket-io.mjs' },
]

/** Pages that hold a stream open: what each costs, beside what people would use instead. */
export async function live(): Promise<Row[]> {
  await installPeers()
  return withServer(async (connectionString) => {
    const { pool, close } = createDatabase({ connectionString, maxConnections: 1, log: silentLog })
    await makeReaders(pool, STREAMS)
    await close()
    const entries = [{ name: 'Vitte', way: 'sse', file: 'live/serve-vitte.ts' } as Entry, ...PEERS]
    const start = ({ way, file }: Entry) => startContestant(way, file, [connectionString])
    const memory = await memoryOfEach(entries, start)
    const pushes = await pushesOfEach(entries, start)
    return [...memoryRows(memory), ...pushRows(pushes)]
  })
}

type Start = (entry: Entry) => Promise<Contestant>

async function memoryOfEach(entries: Entry[], start: Start): Promise<Map<string, number>> {
  const bytesEach = new Map<string, number>()
  for (const entry of entries) {
    const contestant = await start(entry)
    const before = await contestant.memory()
    await contestant.open(STREAMS)
    const after = await contestant.memory()
    await contestant.close()
    if (after.connections !== STREAMS) throw new Error(`${entry.name} held ${after.connections} of ${STREAMS}`)
    bytesEach.set(entry.name, (after.rss - before.rss) / STREAMS)
  }
  return bytesEach
}

interface Push {
  cpuMicros: number
  p99Ms: number
}

/** By turns, so that what the machine does meanwhile meets all of them. */
async function pushesOfEach(entries: Entry[], start: Start): Promise<Map<string, Push>> {
  const rounds = new Map<string, Push[]>(entries.map(({ name }) => [name, []]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const entry of entries) {
      const contestant = await start(entry)
      await contestant.open(PUSHED_TO)
      await contestant.push(PUSHES_PER_SECOND, 1)
      const { cpuMicrosEach, delaysMs } = await contestant.push(PUSHES_PER_SECOND, PUSH_SECONDS)
      await contestant.close()
      rounds.get(entry.name)?.push({ cpuMicros: cpuMicrosEach, p99Ms: percentile(delaysMs, 0.99) })
    }
  }
  const middle = (all: Push[], of: keyof Push) => median(all.map((push) => push[of]))
  return new Map(
    [...rounds].map(([name, all]) => [name, { cpuMicros: middle(all, 'cpuMicros'), p99Ms: middle(all, 'p99Ms') }]),
  )
}

function memoryRows(bytesEach: Map<string, number>): Row[] {
  const ours = bytesEach.get('Vitte') ?? Number.NaN
  const raw = bytesEach.get('raw node:http') ?? Number.NaN
  const note = [...bytesEach].map(([name, bytes]) => `${name} ${(bytes / KB).toFixed(1)} KB`).join(', ')
  return [
    {
      what: 'streams held by one process',
      value: STREAMS,
      unit: '',
      floor: STREAMS_FLOOR,
      goal: STREAMS,
      better: 'more',
    },
    {
      what: 'memory of a stream / raw node:http',
      value: ours / raw,
      unit: '',
      floor: null,
      goal: 1.25,
      better: 'less',
      note,
    },
  ]
}

function pushRows(pushes: Map<string, Push>): Row[] {
  const ours = pushes.get('Vitte')
  const raw = pushes.get('raw node:http')
  if (!ours || !raw) return []
  const row = { unit: '', floor: null, better: 'less' } as const
  const tell = (of: keyof Push, unit: string) =>
    [...pushes].map(([name, push]) => `${name} ${push[of].toFixed(of === 'p99Ms' ? 2 : 0)} ${unit}`).join(', ')
  return [
    {
      ...row,
      what: 'processor time of a push / raw node:http',
      value: ours.cpuMicros / raw.cpuMicros,
      goal: 1.3,
      note: tell('cpuMicros', 'µs'),
    },
    {
      ...row,
      what: 'p99 of a push / raw node:http',
      value: ours.p99Ms / raw.p99Ms,
      goal: 1.5,
      note: tell('p99Ms', 'ms'),
    },
  ]
}
