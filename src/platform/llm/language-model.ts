import type { TokenUse } from './model-budget.ts'

/** A reply is cut here, in UTF-16 units. */
export const REPLY_MAX_LENGTH = 16_000

export interface ModelMessage {
  role: 'user' | 'assistant'
  text: string
}

export interface ReplyRequest {
  system: string
  /** In order of time; the last one is the question. */
  messages: readonly ModelMessage[]
  maxOutputTokens: number
  /** Stops the reply: the stream then throws ReplyStopped. */
  signal: AbortSignal
  /** Told what each call took, once it is over; there may be several. */
  onUse?(use: TokenUse): void
}

export interface LanguageModel {
  /** As people configure it: `provider:model`. */
  readonly name: string
  readonly isDemonstration: boolean
  /** Tokens that prompt and reply may have together, whichever of the configured models answers. */
  readonly contextTokens: number
  /**
   * The reply as it grows: deltas that together have at least one visible character and at most REPLY_MAX_LENGTH.
   * Throws ModelFailure (its `shown` tells whether a delta was given out before) or ReplyStopped. A caller that
   * stops iterating ends the request.
   */
  streamReply(request: ReplyRequest): AsyncIterable<string>
}
