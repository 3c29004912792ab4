import type { Kysely } from 'kysely'
import { sealAudit } from '#domain/audit'
import { failOverdue, type RecordDeps } from '#domain/delivery'
import { type Payments, reconciledAt } from '#domain/payments'
import type { Log } from '#platform/log'
import type { Database, Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { forgetOld } from './forget-old.ts'

const FORGET_EVERY_MS = 600_000
/** Who is due is to be written to in moments, and finding nobody costs one look into an index. */
const PLAN_EVERY_MS = 1_000
/** What was done is to be in the chain before a hand can reach it. */
const SEAL_EVERY_MS = 2_000
const GIVE_UP_EVERY_MS = 60_000
/** Rows of who was forgotten lie in the files until then. */
const SCRUB_EVERY_MS = 10_000
/** How often it is asked whether a day has passed. */
const AUDIT_EVERY_MS = 600_000
/** How often somebody looks whether the Stars are to be compared; a comparison that failed is soon tried again. */
const RECONCILE_LOOK_EVERY_MS = 60_000
const RECONCILE_FIRST_MS = 3_000
const RECONCILED_FOR_MS = 3_600_000

export interface HouseToKeep {
  db: Kysely<Database>
  /** Makes the seals of the audit. */
  vault: Pick<Vault, 'hmac'>
  delivery: RecordDeps
  payments: Pick<Payments, 'reconcile'>
  /** Looks at who may be written to first. */
  plan: (signal: AbortSignal) => Promise<unknown>
  /** Clears the files of what erased rows have left. */
  scrub: (signal: AbortSignal) => Promise<unknown>
  audit: (signal: AbortSignal) => Promise<void>
  log: Log
}

/** Forgets what is stale and gives up what is overdue, now and then. `stop` waits for what is under way. */
export function keepHouse({ db, vault, delivery, payments, plan, scrub, audit, log }: HouseToKeep): {
  stop(): Promise<void>
} {
  const stopping = new AbortController()
  const forgetting = repeat(FORGET_EVERY_MS, () => forgetOld(db), log)
  const givingUp = repeat(GIVE_UP_EVERY_MS, () => failOverdue(delivery, stopping.signal), log)
  const comparing = repeat(
    RECONCILE_LOOK_EVERY_MS,
    compareWhenDue(db, payments, stopping.signal),
    log,
    RECONCILE_FIRST_MS,
  )
  const planning = repeat(PLAN_EVERY_MS, () => plan(stopping.signal), log)
  const scrubbing = repeat(SCRUB_EVERY_MS, () => scrub(stopping.signal), log)
  const auditing = repeat(AUDIT_EVERY_MS, () => audit(stopping.signal), log)
  const sealing = repeat(SEAL_EVERY_MS, () => sealAudit(db, vault, stopping.signal), log)
  return {
    async stop() {
      stopping.abort()
      const rounds = [forgetting, givingUp, comparing, planning, scrubbing, auditing, sealing]
      await Promise.all(rounds.map((round) => round.stop()))
      // What was done in the last moments would wait for the next start.
      await sealAudit(db, vault).catch((error: unknown) => log.warn('worker.housekeeping_failed', { error }))
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
