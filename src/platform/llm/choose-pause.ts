import type { ModelFailure } from './model-failure.ts'

const RETRIES_MAX = 2
const PAUSE_BASE_MS = 300
const PAUSE_MAX_MS = 3_000
/** With another model at hand a person does not wait longer than this for the first one. */
const PATIENCE_MS = 5_000

export interface Situation {
  /** Retries made so far. */
  retries: number
  remainingMs: number
  hasFallback: boolean
  random?: () => number
}

/** How long to wait before the same provider is asked again; null when it is not. Full jitter, so that callers spread. */
export function choosePause(failure: ModelFailure, situation: Situation): number | null {
  const { retries, remainingMs, hasFallback, random = Math.random } = situation
  if (!failure.retryable || failure.shown || retries >= RETRIES_MAX) return null
  // The person has waited out one silence already.
  if (failure.code === 'model_timeout' && hasFallback) return null
  if (failure.retryAfterMs !== undefined) {
    const patienceMs = hasFallback ? Math.min(PATIENCE_MS, remainingMs) : remainingMs
    return failure.retryAfterMs < patienceMs ? failure.retryAfterMs : null
  }
  const pauseMs = random() * Math.min(PAUSE_MAX_MS, PAUSE_BASE_MS * 2 ** retries)
  return pauseMs < remainingMs ? pauseMs : null
}
