import { type InitiativeKind, type MeasureInitiative, oldestDueSeconds } from '#domain/proactive'
import type { Metrics } from '#platform/metrics'
import type { Executor } from '#platform/postgres'

const KINDS: readonly InitiativeKind[] = ['reminder', 'engagement', 'campaign']

/** Counts what was said first and what was passed over, and shows how long the plan is behind. */
export function initiativeMetrics(metrics: Metrics, { db }: { db: Executor }): MeasureInitiative {
  const initiatives = metrics.counter({
    name: 'vitte_initiatives_total',
    help: 'What the companion said first, or why not, by kind',
    labels: ['kind', 'outcome'],
  })
  metrics.gauge({
    name: 'vitte_oldest_due_engagement_seconds',
    help: 'For how long the person who waits longest to be looked at or written to has been due; the same in every process',
    read: () => oldestDueSeconds(db),
  })
  // A series that begins with its first event hides that event from `increase`.
  for (const kind of KINDS) initiatives.add({ kind, outcome: 'said' }, 0)
  return (kind, outcome, people = 1) => initiatives.add({ kind, outcome }, people)
}
