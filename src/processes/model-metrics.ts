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
  const tokens = metrics.counter({
    name: 'vitte_model_tokens_total',
    help: 'Tokens that calls to language models took, by provider and kind, input or output',
    labels: ['provider', 'kind'],
  })
  return {
    called: (provider, outcome) => calls.add({ provider, outcome }),
    firstToken: (provider, durationMs) => firstToken.observe({ provider }, durationMs / 1000),
    used(provider, { input, output }) {
      tokens.add({ provider, kind: 'input' }, input)
      tokens.add({ provider, kind: 'output' }, output)
    },
  }
}
