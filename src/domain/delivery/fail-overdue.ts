import type { Purpose } from './channel.ts'
import { readOverdue } from './overdue-store.ts'
import { patienceFor } from './patience.ts'
import { type RecordDeps, recordOutcome } from './record-outcome.ts'
import { expired } from './settle-outcome.ts'

/** Read together; after each batch the next is looked for, so that a long outage is settled in one go. */
const BATCH_MAX = 100
/** One of each kind of patience. */
const PURPOSES: Purpose[] = ['reply', 'proactive']

/**
 * Gives up what was owed for longer than its deadline and lies with nobody, whether or not its channel answers: it
 * fails, is paid back and lets the next in its lane go. Whoever takes one of them meanwhile has a newer token and wins.
 * Stops early when `signal` aborts.
 */
export async function failOverdue(deps: RecordDeps, signal?: AbortSignal): Promise<void> {
  for (const purpose of PURPOSES) {
    const of = { proactive: purpose === 'proactive', deadlineMs: patienceFor(purpose).deadlineMs, limit: BATCH_MAX }
    for (let found = BATCH_MAX; found === BATCH_MAX; ) {
      const overdue = await readOverdue(deps.db, of)
      found = overdue.length
      for (const delivery of overdue) {
        if (signal?.aborted) return
        await recordOutcome(deps, delivery, { ...expired(delivery), attempt: delivery.attemptsMade })
      }
    }
  }
}
