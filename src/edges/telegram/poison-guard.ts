import type { Log } from '#platform/log'
import { isUnavailable } from '#platform/postgres'
import type { InboundUpdate } from './inbound-update.ts'

/** An update that fails this often for a reason of its own is passed over: it would hold up everybody behind it. */
const FAILURES_MAX = 10
const REMEMBERED_MAX = 1_000

/**
 * Lets an update fail until it is clear that it always will; then it is logged and counts as settled. While the
 * database is away nothing is ever passed over.
 */
export function guardAgainstPoison(handle: (update: InboundUpdate) => Promise<void>, log: Log) {
  const failures = new Map<number, number>()
  return async (update: InboundUpdate): Promise<void> => {
    try {
      await handle(update)
    } catch (error) {
      if (update.kind === 'ignored' || isUnavailable(error)) throw error
      const count = (failures.get(update.updateId) ?? 0) + 1
      if (failures.size >= REMEMBERED_MAX) failures.clear()
      failures.set(update.updateId, count)
      if (count < FAILURES_MAX) throw error
      failures.delete(update.updateId)
      log.error('telegram.update_given_up', { updateId: update.updateId, error })
    }
  }
}
