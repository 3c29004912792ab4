import {
  awayForMs,
  createAttempts,
  DELIVERY_QUEUE,
  DELIVERY_TOPIC,
  type DeliverDeps,
  type DeliveryJob,
  deliverDue,
  PROACTIVE_QUEUE,
  PROACTIVE_TOPIC,
} from '#domain/delivery'
import type { LegalVersions } from '#domain/identity'
import { scrubErased } from '#domain/leaving'
import { type DigestDeps, digestTalk, MEMORY_QUEUE, MEMORY_TOPIC } from '#domain/memory'
import { heedWish } from '#domain/proactive'
import {
  type Asked,
  contentReader,
  deliverySettler,
  keptMessageIds,
  TURN_QUEUE,
  TURN_TOPIC,
  tellNewTexts,
  type WriteReplyDeps,
  writeReply,
} from '#domain/replies'
import { systemClock } from '#platform/clock'
import { createLeases, type LeasedRow, runWorker } from '#platform/leases'
import { auditDaily } from './audit-daily.ts'
import { deliveryMetrics } from './delivery-metrics.ts'
import { keepHouse } from './keep-house.ts'
import type { Ground } from './lay-ground.ts'
import { leavingWorker } from './leaving-worker.ts'
import { openSafeguard } from './open-safeguard.ts'
import { planner, proactiveWorkers } from './proactive-workers.ts'
import type { House } from './wire.ts'

/** A reply waits for the model nearly all of its time. */
const TURNS_AT_ONCE = 64
/** After two crashes a question may be the cause of them. */
const TURN_TAKES_TRUSTED = 2
/** A delivery waits for its channel; the database has it for three statements, so these share its few connections. */
const DELIVERIES_AT_ONCE = 64
/** They keep to the rate that is left over anyway; so many, for a messenger that takes its time with each, to reach it. */
const PROACTIVE_AT_ONCE = 8
/** Reading a talk waits for the model too, and nobody waits for it. */
const DIGESTS_AT_ONCE = 4
const DIGEST_POLL_MS = 5_000
/** A worker that dies is replaced within this time; one that lives says so several times before. */
const LEASE_MS = 15_000
const HEARTBEAT_MS = 3_000

export interface RunningWorkers {
  drain(timeoutMs: number): Promise<void>
}

/** Runs the role `worker`: writes replies, sends deliveries, forgets what is stale. */
export function runWorkers(ground: Ground, house: House): RunningWorkers {
  const { log, courier, database } = ground
  const common = {
    leases: createLeases({ pool: database.hasty.pool }),
    live: courier.live,
    leaseMs: LEASE_MS,
    heartbeatMs: HEARTBEAT_MS,
    log,
  }
  const delivery = deliverDeps(ground, house)
  const reply = replyDeps(ground, house)
  const digest = digestDeps(ground, house)
  const delivering = {
    ...common,
    holdMs: () => awayForMs(house.channels),
    handle: (row: LeasedRow<DeliveryJob>, signal: AbortSignal) => deliverDue(delivery, row, signal),
  }
  const workers = [
    runWorker({
      ...common,
      queue: TURN_QUEUE,
      wakeTopic: TURN_TOPIC,
      concurrency: TURNS_AT_ONCE,
      trustedTakes: TURN_TAKES_TRUSTED,
      sparesLoop: true,
      handle: replyAndTell(reply, ground.legal.versions),
    }),
    runWorker({
      ...delivering,
      queue: DELIVERY_QUEUE,
      wakeTopic: DELIVERY_TOPIC,
      concurrency: DELIVERIES_AT_ONCE,
    }),
    runWorker({
      ...delivering,
      queue: PROACTIVE_QUEUE,
      wakeTopic: PROACTIVE_TOPIC,
      concurrency: PROACTIVE_AT_ONCE,
    }),
    runWorker({
      ...common,
      queue: MEMORY_QUEUE,
      wakeTopic: MEMORY_TOPIC,
      concurrency: DIGESTS_AT_ONCE,
      pollMs: DIGEST_POLL_MS,
      handle: (row, signal) => digestTalk(digest, row, signal),
    }),
    ...proactiveWorkers(common, ground, house),
    leavingWorker(common, ground, house),
  ]
  const housekeeping = keepWholeHouse(ground, house, delivery)
  return {
    async drain(timeoutMs) {
      await Promise.all([housekeeping.stop(), ...workers.map((worker) => worker.drain(timeoutMs))])
    },
  }
}

/** Answers; and whoever is here to read it is told once of new terms. */
function replyAndTell(deps: WriteReplyDeps, versions: LegalVersions) {
  return async (row: { id: string; user_id: string; lease_token: number }, signal: AbortSignal) => {
    const { id, user_id: userId, lease_token: leaseToken } = row
    await writeReply(deps, { id, userId, leaseToken }, signal)
    await tellNewTexts(deps, userId, versions)
  }
}

/** What workers do now and then beside all that waits for them. */
function keepWholeHouse(ground: Ground, house: House, delivery: DeliverDeps): { stop(): Promise<void> } {
  const { log, vault, metrics, database } = ground
  const audit = auditDaily({ ...database.handle, vault, clock: systemClock, metrics, log })
  const { db, payments } = house
  const scrub = (signal: AbortSignal) =>
    scrubErased({ db, pool: database.handle.pool, parts: house.personalParts, log }, signal)
  return keepHouse({ db, vault, delivery, payments, plan: planner(ground, house), scrub, audit, log })
}

/** What answering stands on. */
function replyDeps(ground: Ground, house: House): WriteReplyDeps {
  const { database, texts, log } = ground
  const { settle, liveReplies: live } = house
  const heed = (asked: Asked) => heedWish({ ...house, texts }, asked)
  const safeguard = openSafeguard(ground)
  return { ...house, ...settle, heed, safeguard, leaseDb: database.hasty.db, live, log }
}

/** What reading a talk stands on. */
function digestDeps({ vault, log }: Ground, { db, history, memory, keys, readingModel, announce }: House): DigestDeps {
  return {
    db,
    history,
    memory,
    vault,
    keys,
    model: readingModel,
    keptLines: (userId) => keptMessageIds(db, userId),
    onFacts: (userId) => announce.event(userId, { name: 'memory', data: {} }),
    log,
  }
}

/** What sending stands on, with each attempt counted. */
function deliverDeps({ config, database, metrics }: Ground, { db, channels, history, announce }: House): DeliverDeps {
  return {
    db,
    attempts: createAttempts(db),
    leaseDb: database.hasty.db,
    channels,
    policy: {
      maxAttempts: config.DELIVERY_MAX_ATTEMPTS,
      backoffBaseMs: config.DELIVERY_BACKOFF_BASE_MS,
      backoffMaxMs: config.DELIVERY_BACKOFF_MAX_MS,
    },
    contentOf: contentReader({ db, history }),
    onSettled: deliverySettler(announce),
    wake: announce.wakeDeliveries,
    measure: deliveryMetrics(metrics),
  }
}
