import type { HistoryDeps } from '#domain/conversations'
import type { Metrics } from '#platform/metrics'

/** Counts how recent messages were come by for a prompt. */
export function recentMetrics(metrics: Metrics): NonNullable<HistoryDeps['measureRecent']> {
  const reads = metrics.counter({
    name: 'vitte_recent_reads_total',
    help: 'Readings of recent messages for a prompt: kept ones used (hit), kept ones not what the database has (stale), none kept (miss)',
    labels: ['outcome'],
  })
  return (outcome) => reads.add({ outcome })
}
