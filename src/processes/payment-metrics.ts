import { openDifferences, type PaymentOutcome, reconciledAt } from '#domain/payments'
import type { Metrics } from '#platform/metrics'
import type { Executor } from '#platform/postgres'

const OUTCOMES: readonly PaymentOutcome[] = ['booked', 'known', 'parked', 'refunded', 'refund_known', 'refund_early']
const MS = 1_000

/** Counts what becomes of payments, and shows what waits for operators. */
export function paymentMetrics(metrics: Metrics, { db }: { db: Executor }): (outcome: PaymentOutcome) => void {
  const payments = metrics.counter({
    name: 'vitte_payments_total',
    help: 'Payments and refunds that Telegram told or listed, by what became of them',
    labels: ['outcome'],
  })
  metrics.gauge({
    name: 'vitte_payment_differences',
    help: 'Differences between Stars and our books that no operator has settled; the same in every process',
    read: () => openDifferences(db),
  })
  metrics.gauge({
    name: 'vitte_star_reconciliation_age_seconds',
    help: 'Since when the list of Star transactions was last compared to its end; the same in every process',
    read: async () => ageSeconds(await reconciledAt(db)),
  })
  // A series that begins with its first event hides that event from `increase`.
  for (const outcome of OUTCOMES) payments.add({ outcome }, 0)
  return (outcome) => payments.add({ outcome })
}

/** Never compared: an age that every alert notices. */
function ageSeconds(at: Date | null): number {
  return at === null ? Number.POSITIVE_INFINITY : Math.max(0, (Date.now() - at.getTime()) / MS)
}
