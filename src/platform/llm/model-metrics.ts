import type { TokenUse } from './model-budget.ts'
import type { ModelFailureCode } from './model-failure.ts'

/** What is counted of the calls to providers. */
export interface ModelMetrics {
  called(provider: string, outcome: 'replied' | ModelFailureCode): void
  /** From the request to the first visible text. */
  firstToken(provider: string, durationMs: number): void
  /** What a call took; from lengths where the provider does not say. */
  used(provider: string, use: TokenUse): void
}

export const noModelMetrics: ModelMetrics = { called() {}, firstToken() {}, used() {} }
