import { deliveryFigures, type QueueFigures } from '#domain/delivery'
import { turnFigures } from '#domain/replies'
import type { Clock } from '#platform/clock'
import type { Metrics } from '#platform/metrics'
import type { Executor } from '#platform/postgres'

/** More than this many are counted as this many. */
const COUNT_MAX = 10_000
/** However often somebody looks, and whatever they look with, the database is asked this rarely. */
const LOOK_EVERY_MS = 2_000

/** What is under way in the whole installation, asked of the database when somebody looks. */
export function queueMetrics(metrics: Metrics, { db, clock }: { db: Executor; clock: Clock }): void {
  const deliveries = lookRarely(clock, () => deliveryFigures(db, COUNT_MAX))
  const turns = lookRarely(clock, () => turnFigures(db, COUNT_MAX))
  metrics.gauge({
    name: 'vitte_open_deliveries',
    help: `Deliveries under way, at most ${COUNT_MAX}; the same in every process`,
    read: async () => (await deliveries()).open,
  })
  metrics.gauge({
    name: 'vitte_oldest_open_delivery_seconds',
    help: 'Age of the oldest delivery under way that somebody waits for; 0 without any; the same in every process',
    read: async () => (await deliveries()).oldestSeconds,
  })
  metrics.gauge({
    name: 'vitte_open_turns',
    help: `Turns queued or running, at most ${COUNT_MAX}; the same in every process`,
    read: async () => (await turns()).open,
  })
  metrics.gauge({
    name: 'vitte_oldest_open_turn_seconds',
    help: 'Age of the oldest turn queued or running; 0 without any; the same in every process',
    read: async () => (await turns()).oldestSeconds,
  })
}

/** Gauges of one look share it, and so do looks that follow each other closely. A failed one is not kept. */
function lookRarely(clock: Clock, look: () => Promise<QueueFigures>): () => Promise<QueueFigures> {
  let kept: { atMs: number; figures: Promise<QueueFigures> } | undefined
  return () => {
    const nowMs = clock.monotonicMs()
    if (kept && nowMs - kept.atMs < LOOK_EVERY_MS) return kept.figures
    const figures = look()
    kept = { atMs: nowMs, figures }
    figures.catch(() => {
      kept = undefined
    })
    return figures
  }
}
