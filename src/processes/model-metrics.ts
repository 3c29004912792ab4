import type { ModelOptions } from '#platform/llm'
import type { Metrics } from '#platform/metrics'

const FIRST_TOKEN_BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15]

/** Counts what the language model does. */
export function modelMetrics(metrics: Metrics): NonNullable<ModelOptions['metrics']> {
  const calls = metrics.counter({
    name: 'vitte_model_calls_total',
    help: 'Calls to language models by provider and outcome',
    labels: ['provider', 'outcome'],
  })
  const firstToken = metrics.histogram({
    name: 'vitte_model_first_token_seconds',
    help: 'From the request to the first visible text',
    labels: ['provider'],
    buckets: FIRST_TOKEN_BUCKETS_SECONDS,
  })
  return {
    called: (provider, outcome) => calls.add({ provider, outcome }),
    firstToken: (provider, durationMs) => firstToken.observe({ provider }, durationMs / 1000),
  }
}
