import { failOverdue, type RecordDeps } from '#domain/delivery'
import { forgetStaleProofs } from '#domain/identity'
import { deleteOldLinks } from '#domain/linking'
import { forgetLapsedMemories } from '#domain/memory'
import { expireOrders, type Payments, reconciledAt } from '#domain/payments'
import { forgetOldReceipts } from '#domain/replies'
import type { Log } from '#platform/log'
import type { Executor } from '#platform/postgres'

const FORGET_EVERY_MS = 600_000
/** Who is due is to be written to in moments, and finding nobody costs one look into an index. */
const PLAN_EVERY_MS = 1_000
const GIVE_UP_EVERY_MS = 60_000
/** How often it is asked whether a day has passed. */
const AUDIT_EVERY_MS = 600_000
/** How often somebody looks whether the Stars are to be compared; a comparison that failed is soon tried again. */
const RECONCILE_LOOK_EVERY_MS = 60_000
const RECONCILE_FIRST_MS = 3_000
const RECONCILED_FOR_MS = 3_600_000

export interface HouseToKeep {
  db: Executor
  delivery: RecordDeps
  payments: Pick<Payments, 'reconcile'>
  /** Looks at who may be written to first. */
  plan: (signal: AbortSignal) => Promise<unknown>
  audit: (signal: AbortSignal) => Promise<void>
  log: Log
}

/** Forgets what is stale and gives up what is overdue, now and then. `stop` waits for what is under way. */
export function keepHouse({ db, delivery, payments, plan, audit, log }: HouseToKeep): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const forget = () =>
    Promise.all([
      forgetOldReceipts(db),
      forgetStaleProofs(db),
      deleteOldLinks(db),
      forgetLapsedMemories(db),
      expireOrders(db),
    ])
  const forgetting = repeat(FORGET_EVERY_MS, forget, log)
  const givingUp = repeat(GIVE_UP_EVERY_MS, () => failOverdue(delivery, stopping.signal), log)
  const comparing = repeat(
    RECONCILE_LOOK_EVERY_MS,
    compareWhenDue(db, payments, stopping.signal),
    log,
    RECONCILE_FIRST_MS,
  )
  const planning = repeat(PLAN_EVERY_MS, () => plan(stopping.signal), log)
  const auditing = repeat(AUDIT_EVERY_MS, () => audit(stopping.signal), log)
  return {
    async stop() {
      stopping.abort()
      const rounds = [forgetting, givingUp, comparing, planning, auditing]
      await Promise.all(rounds.map((round) => round.stop()))
    },
  }
}

/** Soon after the start, and then every hour, whichever process it was that did it last. */
function compareWhenDue(db: Executor, payments: HouseToKeep['payments'], signal: AbortSignal) {
  let isFirst = true
  return async () => {
    const at = isFirst ? null : await reconciledAt(db)
    if (at !== null && Date.now() - at.getTime() < RECONCILED_FOR_MS) return
    const compared = await payments.reconcile(signal)
    if (compared !== 'busy') isFirst = false
  }
}

/** One round at a time: a long one makes the next wait for its turn. */
function repeat(everyMs: number, deed: () => Promise<unknown>, log: Log, firstMs = everyMs): { stop(): Promise<void> } {
  let round: Promise<void> | undefined
  let timer = setTimeout(next, firstMs)
  return {
    async stop() {
      clearTimeout(timer)
      await round
    },
  }

  function next(): void {
    timer = setTimeout(next, everyMs)
    round ??= deed()
      .then(
        () => {},
        (error: unknown) => log.warn('worker.housekeeping_failed', { error }),
      )
      .finally(() => {
        round = undefined
      })
  }
}
