import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createKeyRing } from '#domain/identity'
import {
  ACCEPT_CONNECTIONS,
  acceptInGroups,
  createAnnounce,
  createReceiver,
  type ReceiveMessage,
} from '#domain/replies'
import { createLocalLive } from '#platform/live'
import { createDatabase } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { percentile } from '../measure.ts'
import { BENCH_LIMITS } from './accept-script.ts'
import { NAME, PEOPLE, type People, TEXT } from './people.ts'
import type { Slice } from './slice.ts'

const WARM_UP_AT_ONCE = 96
const PAUSE_MS = 20

export interface AcceptPath {
  run(inFlight: number, seconds: number): Promise<Slice>
  /** So many people write with a pause after each message until the deed is done: what each message took, in milliseconds. */
  writeDuring(writers: number, deed: Promise<unknown>): Promise<number[]>
  close(): Promise<void>
}

/** The accept path as wire.ts builds it, without HTTP in front; everybody has been seen once. */
export async function createAcceptPath(connectionString: string, { vault }: People): Promise<AcceptPath> {
  const database = createDatabase({ connectionString, maxConnections: ACCEPT_CONNECTIONS, log: silentLog })
  const live = createLocalLive({ log: silentLog })
  const receive = createReceiver({
    accept: acceptInGroups(database.pool, BENCH_LIMITS),
    vault,
    keys: createKeyRing({ vault, db: database.db }),
    announce: createAnnounce(live),
    welcome: { basic: 50, pro: 5, cassandra: 3 },
  })
  let seen = 0
  await inParallel(WARM_UP_AT_ONCE, async () => {
    for (let person = ++seen; person <= PEOPLE; person = ++seen) await write(receive, person)
  })
  return {
    run: (inFlight, seconds) => runSlice(receive, inFlight, seconds),
    writeDuring: (writers, deed) => writeDuring(receive, writers, deed),
    async close() {
      await live.close()
      await database.close()
    },
  }
}

async function runSlice(receive: ReceiveMessage, inFlight: number, seconds: number): Promise<Slice> {
  const timesMs: number[] = []
  const cpu = process.cpuUsage()
  const start = performance.now()
  const end = start + seconds * 1000
  await inParallel(inFlight, async () => {
    for (let now = performance.now(); now < end; ) {
      await write(receive, randomInt(PEOPLE) + 1)
      const then = now
      now = performance.now()
      timesMs.push(now - then)
    }
  })
  const elapsedSeconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    perSecond: timesMs.length / elapsedSeconds,
    p99Ms: percentile(timesMs, 0.99),
    cpuMicrosEach: (user + system) / timesMs.length,
  }
}

async function writeDuring(receive: ReceiveMessage, writers: number, deed: Promise<unknown>): Promise<number[]> {
  const timesMs: number[] = []
  let done = false
  const watched = deed.finally(() => {
    done = true
  })
  await inParallel(writers, async () => {
    while (!done) {
      const start = performance.now()
      await write(receive, randomInt(PEOPLE) + 1)
      timesMs.push(performance.now() - start)
      await sleep(PAUSE_MS)
    }
  })
  await watched
  return timesMs
}

async function write(receive: ReceiveMessage, person: number): Promise<void> {
  const externalId = String(person)
  const { outcome } = await receive({
    source: 'bench',
    key: randomUUID(),
    sender: { identity: { provider: 'telegram', externalId, channel: 'telegram', displayName: NAME, locale: 'ru' } },
    channel: 'telegram',
    interface: 'bot',
    contentType: 'text',
    text: TEXT,
    address: externalId,
    sentAt: new Date(),
  })
  if (outcome !== 'accepted') throw new Error(`a message was ${outcome}`)
}

function inParallel(count: number, deed: () => Promise<void>): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, deed))
}
