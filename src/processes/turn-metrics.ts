import type { Announce } from '#domain/replies'
import type { Metrics } from '#platform/metrics'

/** A bucket stands at the time in which a killed worker's turn is to be taken over and answered. */
const ANSWER_BUCKETS_SECONDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300]

/** Counts how turns end, and how long answers took. */
export function turnMetrics(metrics: Metrics): Announce['ended'] {
  const turns = metrics.counter({
    name: 'vitte_turns_total',
    help: 'Turns that ended, by state and, where there was no reply, by why',
    labels: ['state', 'code'],
  })
  const answers = metrics.histogram({
    name: 'vitte_answer_seconds',
    help: 'From a question queued to its reply recorded, whatever came in between',
    buckets: ANSWER_BUCKETS_SECONDS,
  })
  return ({ state, code, tookSeconds }) => {
    turns.add({ state, code: code ?? 'none' })
    if (state === 'done' && tookSeconds !== undefined) answers.observe({}, tookSeconds)
  }
}
