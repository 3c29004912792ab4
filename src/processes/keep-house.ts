import { failOverdue, type RecordDeps } from '#domain/delivery'
import { forgetStaleProofs } from '#domain/identity'
import { deleteOldLinks } from '#domain/linking'
import { forgetLapsedMemories } from '#domain/memory'
import { forgetOldReceipts } from '#domain/replies'
import type { Log } from '#platform/log'
import type { Executor } from '#platform/postgres'

const FORGET_EVERY_MS = 600_000
const GIVE_UP_EVERY_MS = 60_000

export interface HouseToKeep {
  db: Executor
  delivery: RecordDeps
  log: Log
}

/** Forgets what is stale and gives up what is overdue, now and then. `stop` waits for what is under way. */
export function keepHouse({ db, delivery, log }: HouseToKeep): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const forget = () =>
    Promise.all([forgetOldReceipts(db), forgetStaleProofs(db), deleteOldLinks(db), forgetLapsedMemories(db)])
  const forgetting = repeat(FORGET_EVERY_MS, forget, log)
  const givingUp = repeat(GIVE_UP_EVERY_MS, () => failOverdue(delivery, stopping.signal), log)
  return {
    async stop() {
      stopping.abort()
      await Promise.all([forgetting.stop(), givingUp.stop()])
    },
  }
}

/** One round at a time: a long one makes the next wait for its turn. */
function repeat(everyMs: number, deed: () => Promise<unknown>, log: Log): { stop(): Promise<void> } {
  let round: Promise<void> | undefined
  const timer = setInterval(() => {
    round ??= deed()
      .then(
        () => {},
        (error: unknown) => log.warn('worker.housekeeping_failed', { error }),
      )
      .finally(() => {
        round = undefined
      })
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await round
    },
  }
}
