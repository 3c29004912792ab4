import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createAttempts,
  DELIVERY_QUEUE,
  DELIVERY_TOPIC,
  type DeliverDeps,
  deliverDue,
  type OutsideChannel,
} from '#domain/delivery'
import { createLeases, runWorker } from '#platform/leases'
import { createLocalLive } from '#platform/live'
import type { DatabaseHandle } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import type { Load } from './load.ts'

const LEASE_MS = 20_000
const HEARTBEAT_MS = 5_000
const DRAIN_MS = 5_000

/** The queue as run-workers.ts builds it, with a channel that takes its time and texts that are at hand. */
export async function runOurQueue(
  { database, hasty }: { database: DatabaseHandle; hasty: DatabaseHandle },
  { atOnce, sendMs, untilMs }: Load,
): Promise<number> {
  let sent = 0
  const live = createLocalLive({ log: silentLog })
  const deps: DeliverDeps = {
    db: database.db,
    attempts: createAttempts(database.db),
    leaseDb: hasty.db,
    channels: new Map([['bench', slowChannel(sendMs)]]),
    policy: { maxAttempts: 8, backoffBaseMs: 1000, backoffMaxMs: 300_000 },
    contentOf: async () => ({
      kind: 'text',
      text: 'Да, конечно.',
      part: { start: 0, end: 12 },
      replaces: null,
      buttons: null,
    }),
    onSettled: async () => () => {},
    wake: () => live.publish(DELIVERY_TOPIC, {}),
    measure: ({ outcome }) => {
      if (outcome === 'sent') sent += 1
    },
  }
  const worker = runWorker({
    queue: DELIVERY_QUEUE,
    leases: createLeases({ pool: hasty.pool }),
    live,
    wakeTopic: DELIVERY_TOPIC,
    concurrency: atOnce,
    leaseMs: LEASE_MS,
    heartbeatMs: HEARTBEAT_MS,
    handle: (row, signal) => deliverDue(deps, row, signal),
    log: silentLog,
  })
  await sleep(untilMs - performance.now())
  await worker.drain(DRAIN_MS)
  await live.close()
  return sent
}

function slowChannel(sendMs: number): OutsideChannel {
  return {
    name: 'telegram',
    limits: { textMaxLength: 4096, mayEdit: true },
    split: (text) => [{ start: 0, end: text.length }],
    awayForMs: () => 0,
    pace: async () => 0,
    async send() {
      await sleep(sendMs)
      return { kind: 'sent', externalId: String(randomInt(1e9)) }
    },
    grow: () => ({ show() {}, end: async () => null }),
  }
}
