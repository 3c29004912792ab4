export type ModelFailureCode =
  | 'model_timeout'
  | 'model_unavailable'
  | 'model_rate_limited'
  | 'model_empty'
  | 'model_malformed'
  | 'model_refused'
  /** The budget has no room for it: nobody was asked. */
  | 'service_resting'

export interface ModelFailureDetails {
  /** What is known of the origin, in words of ours or of the library: never a text from the network. */
  reason?: string
  /** HTTP status, where there was one. */
  status?: number
  /** False when asking the same provider again is of no use. */
  retryable?: boolean
  /** How long the provider asks to be left alone. */
  retryAfterMs?: number
  shown?: boolean
}

/**
 * There is no reply, or only part of one. Keeps nothing of the error it was made from: those of the providers carry
 * the whole prompt.
 */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure'
  readonly code: ModelFailureCode
  readonly reason: string | undefined
  readonly status: number | undefined
  readonly retryable: boolean
  readonly retryAfterMs: number | undefined
  /** Deltas of this reply were given out before it failed. */
  readonly shown: boolean

  constructor(code: ModelFailureCode, details: ModelFailureDetails = {}) {
    super(code)
    this.code = code
    this.reason = details.reason
    this.status = details.status
    this.retryable = details.retryable ?? code !== 'model_refused'
    this.retryAfterMs = details.retryAfterMs
    this.shown = details.shown ?? false
  }

  afterShowing(): ModelFailure {
    return new ModelFailure(this.code, { ...this, shown: true })
  }
}

/** The caller's signal ended the reply. */
export class ReplyStopped extends Error {
  override readonly name = 'ReplyStopped'

  constructor() {
    super('the reply was stopped')
  }
}
