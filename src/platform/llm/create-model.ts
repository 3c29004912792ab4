import type { Log } from '#platform/log'
import { type Breaker, createBreaker } from './breaker.ts'
import { type Connection, connectProvider } from './connect-provider.ts'
import { contextTokensOf } from './context-window.ts'
import type { LanguageModel } from './language-model.ts'
import { type ModelBudget, noModelBudget } from './model-budget.ts'
import { type ModelMetrics, noModelMetrics } from './model-metrics.ts'
import { ModelConfigurationError, type ModelName, parseModelName } from './model-name.ts'
import { type Route, streamReply } from './stream-reply.ts'

const DEMONSTRATION: ModelName = { provider: 'openai-compatible', model: 'demo' }
const DEMONSTRATION_CONTEXT_TOKENS = 32_000

export interface ModelOptions {
  /** `provider:model`. Undefined: `baseUrl` is the demonstration model's. */
  model: string | undefined
  /** Where `openai-compatible` models answer; the others have their public addresses. */
  baseUrl?: string | undefined
  apiKey?: string | undefined
  /** Asked when the first model fails. */
  fallbackModel?: string | undefined
  /** Tokens that prompt and reply may have together; by the models' names where it is not set. */
  contextTokens?: number | undefined
  /** Longest silence before the first token, per call. */
  firstTokenTimeoutMs: number
  /** Longest time for a reply, retries and fallback included. */
  timeoutMs: number
  fetch?: typeof globalThis.fetch | undefined
  log: Log
  metrics?: ModelMetrics | undefined
  /** What calls may take; without one they may take anything. */
  budget?: ModelBudget | undefined
}

/** Throws ModelConfigurationError, which names the setting. Asks nobody before the first reply. */
export function createModel(options: ModelOptions): LanguageModel {
  const { model, fallbackModel, firstTokenTimeoutMs, timeoutMs, log } = options
  const { metrics = noModelMetrics, budget = noModelBudget } = options
  const names = nameModels(model, fallbackModel)
  const routes = makeRoutes(names.map((name) => connectProvider(name, options)))
  return {
    name: model ?? 'demonstration',
    // The same prompt may have to fit the fallback.
    contextTokens:
      options.contextTokens ?? (model ? Math.min(...names.map(contextTokensOf)) : DEMONSTRATION_CONTEXT_TOKENS),
    isDemonstration: model === undefined,
    streamReply: (request) => streamReply({ routes, firstTokenTimeoutMs, timeoutMs, log, metrics, budget }, request),
  }
}

function nameModels(model: string | undefined, fallbackModel: string | undefined): ModelName[] {
  if (model === undefined) {
    if (fallbackModel !== undefined) throw new ModelConfigurationError('LLM_FALLBACK_MODEL needs LLM_MODEL')
    return [DEMONSTRATION]
  }
  const first = parseModelName(model, 'LLM_MODEL')
  return fallbackModel === undefined ? [first] : [first, parseModelName(fallbackModel, 'LLM_FALLBACK_MODEL')]
}

/** One breaker per provider: its models go down together. */
function makeRoutes(connections: Connection[]): Route[] {
  const breakers = new Map<string, Breaker>()
  return connections.map((connection) => {
    const breaker = breakers.get(connection.provider) ?? createBreaker(() => performance.now())
    breakers.set(connection.provider, breaker)
    return { connection, breaker }
  })
}
