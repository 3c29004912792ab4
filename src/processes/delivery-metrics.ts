import type { Purpose, SendOutcome } from '#domain/delivery'
import type { Metrics } from '#platform/metrics'

const PURPOSES: readonly Purpose[] = ['reply', 'notice', 'opening', 'proactive']
/** A delivery that ends with `retry` has spent its attempts, or its time. */
const LAST_WORDS: Record<SendOutcome['kind'], string> = {
  sent: 'sent',
  unknown: 'unknown',
  unreachable: 'unreachable',
  refused: 'refused',
  retry: 'given_up',
}

/** What became of a delivery. `attempt`: how many attempts are recorded by now; `final`: it has ended. */
export interface SettledAttempt {
  outcome: SendOutcome['kind']
  purpose: Purpose
  attempt: number
  final: boolean
}

/** Counts attempts to deliver, and what deliveries come to. One that an operator sends again ends a second time, as repeated. */
export function deliveryMetrics(metrics: Metrics): (settled: SettledAttempt) => void {
  const attempts = metrics.counter({
    name: 'vitte_delivery_attempts_total',
    help: 'Attempts to deliver, by outcome and whether it was the first',
    labels: ['outcome', 'kind'],
  })
  const deliveries = metrics.counter({
    name: 'vitte_deliveries_total',
    help: 'Deliveries that ended, by outcome, by whether the first attempt ended it, and by what they were for',
    labels: ['outcome', 'kind', 'purpose'],
  })
  // A series that begins with its first event hides that event from `increase`.
  for (const outcome of Object.values(LAST_WORDS)) {
    for (const purpose of PURPOSES) {
      for (const kind of ['first', 'repeated']) deliveries.add({ outcome, kind, purpose }, 0)
    }
  }
  return ({ outcome, attempt, purpose, final }) => {
    const kind = attempt <= 1 ? 'first' : 'repeated'
    if (attempt > 0) attempts.add({ outcome, kind })
    // What was given up had its chance to come later, even when it was never tried.
    if (final) deliveries.add({ outcome: LAST_WORDS[outcome], kind: outcome === 'retry' ? 'repeated' : kind, purpose })
  }
}
