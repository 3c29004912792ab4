import type { Begun, Settlement } from './attempt-store.ts'
import type { SendOutcome } from './channel.ts'
import type { Delivery, RetryPolicy } from './delivery.ts'
import { patienceFor } from './patience.ts'
import { retryDelayMs } from './retry-delay.ts'

/** How a delivery was given up, or how it ended: the outcome that others hear of and what is written. */
interface Ended {
  outcome: SendOutcome
  settlement: Settlement
}

/** What an outcome means for the delivery. `ambiguous`: earlier attempts that may have arrived. Pure. */
export function settleOutcome(
  delivery: Pick<Delivery, 'purpose' | 'attempts' | 'leaseAttempts'>,
  outcome: SendOutcome,
  { ambiguous, ageMs, policy }: Pick<Begun, 'ambiguous' | 'ageMs'> & { policy: RetryPolicy },
): Settlement {
  const settled = { outcome: outcome.kind, externalId: null, error: null, spent: true, dueInMs: null }
  const { deadlineMs, ambiguousMax } = patienceFor(delivery.purpose)
  switch (outcome.kind) {
    case 'sent':
      return { ...settled, state: 'sent', externalId: outcome.externalId }
    case 'unreachable':
    case 'refused':
      return { ...settled, state: 'failed', error: outcome.error }
    case 'unknown':
      return ambiguous + 1 >= ambiguousMax
        ? { ...settled, state: 'unknown', error: outcome.error }
        : { ...settled, state: 'pending', error: outcome.error, dueInMs: retryDelayMs(1, policy) }
    case 'retry': {
      const spent = !outcome.waiting
      const attempts = delivery.attempts + (spent ? 1 : 0)
      const givenUp = ageMs > deadlineMs || attempts >= policy.maxAttempts
      // A channel that is away spends no attempts, but each look at it is rarer than the one before.
      const dueInMs = retryDelayMs(Math.max(attempts, delivery.leaseAttempts), policy, outcome.afterMs)
      return givenUp
        ? { ...settled, state: 'failed', error: outcome.error, spent }
        : { ...settled, state: 'pending', error: outcome.error, spent, dueInMs }
    }
  }
}

/**
 * Over its deadline: like a retry that is not made, so that what was paid for it comes back. One that nobody asked for
 * and that was being sent when its worker died may have arrived. Pure.
 */
export function expired({ purpose, state }: Pick<Delivery, 'purpose' | 'state'>): Ended {
  const mayHaveCome = purpose === 'proactive' && state === 'sending'
  // If an attempt is still unsettled, its worker died: nobody knows how it ended.
  const attempt = { outcome: 'unknown' as const, error: 'expired', externalId: null, spent: false, dueInMs: null }
  return {
    outcome: { kind: 'retry', error: 'expired' },
    settlement: { ...attempt, state: mayHaveCome ? 'unknown' : 'failed' },
  }
}

/** Workers died while it was being sent, so often that another try could show it once too often. Pure. */
export function interrupted(): Ended {
  const outcome = { kind: 'unknown' as const, error: 'interrupted' }
  const settlement = { outcome: outcome.kind, error: outcome.error, externalId: null, spent: false, dueInMs: null }
  return { outcome, settlement: { ...settlement, state: 'unknown' } }
}
