import type { Settlement } from './attempt-store.ts'
import type { SendOutcome } from './channel.ts'
import type { Delivery, RetryPolicy } from './delivery.ts'
import { retryDelayMs } from './retry-delay.ts'

/** A reply that could not be delivered for this long is given up and refunded. */
const DELIVERY_DEADLINE_MS = 72 * 3_600_000
/** A send that may have arrived is tried once more and no further. */
const AMBIGUOUS_MAX = 2

/** What an outcome means for the delivery. `ambiguous`: earlier attempts that may have arrived. Pure. */
export function settleOutcome(
  delivery: Pick<Delivery, 'attempts' | 'leaseAttempts' | 'ageMs'>,
  outcome: SendOutcome,
  { ambiguous, policy }: { ambiguous: number; policy: RetryPolicy },
): Settlement {
  const settled = { outcome: outcome.kind, externalId: null, error: null, spent: true, dueInMs: null }
  switch (outcome.kind) {
    case 'sent':
      return { ...settled, state: 'sent', externalId: outcome.externalId }
    case 'unreachable':
    case 'refused':
      return { ...settled, state: 'failed', error: outcome.error }
    case 'unknown':
      return ambiguous + 1 >= AMBIGUOUS_MAX
        ? { ...settled, state: 'unknown', error: outcome.error }
        : { ...settled, state: 'pending', error: outcome.error, dueInMs: retryDelayMs(1, policy) }
    case 'retry': {
      const spent = !outcome.waiting
      const attempts = delivery.attempts + (spent ? 1 : 0)
      const tooOld = delivery.ageMs > DELIVERY_DEADLINE_MS
      if (tooOld || attempts >= policy.maxAttempts) return { ...settled, state: 'failed', error: outcome.error }
      // A channel that is away spends no attempts, but each look at it is rarer than the one before.
      const dueInMs = retryDelayMs(Math.max(attempts, delivery.leaseAttempts), policy, outcome.afterMs)
      return { ...settled, state: 'pending', error: outcome.error, spent, dueInMs }
    }
  }
}
