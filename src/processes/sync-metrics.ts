import type { Metrics } from '#platform/metrics'

/** A bucket stands at the two seconds that are promised. */
const SYNC_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30]

/** How long a line takes to the open pages of other interfaces. */
export function syncMetrics(metrics: Metrics): (delaySeconds: number) => void {
  const delays = metrics.histogram({
    name: 'vitte_sync_delay_seconds',
    help: 'From the commit of a message to its being written to an open page of another interface',
    buckets: SYNC_BUCKETS_SECONDS,
  })
  return (delaySeconds) => delays.observe({}, delaySeconds)
}
