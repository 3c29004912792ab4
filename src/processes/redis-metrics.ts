import type { Metrics } from '#platform/metrics'
import type { RedisWatch } from '#platform/redis'

const COMMAND_BUCKETS_SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 15]

/** Counts how Redis does, as this process sees it. */
export function redisMetrics(metrics: Metrics): RedisWatch {
  const commands = metrics.histogram({
    name: 'vitte_redis_command_seconds',
    help: 'From a command to the answer of Redis, or to its end without one',
    buckets: COMMAND_BUCKETS_SECONDS,
  })
  const failures = metrics.counter({
    name: 'vitte_redis_failures_total',
    help: 'Commands that Redis did not carry out, by outcome: away, refused or unanswered',
    labels: ['outcome'],
  })
  return {
    answered: (durationMs) => commands.observe({}, durationMs / 1000),
    failed: (outcome) => failures.add({ outcome }),
  }
}
