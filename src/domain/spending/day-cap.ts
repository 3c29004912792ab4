import type { TokenUse } from '#platform/llm'

/** What everybody together may take of the models in one day (UTC), and what it costs. */
export interface DayCap {
  /** Input and output together; null: any number. */
  tokens: number | null
  /** In the currency of the prices; null: any amount. */
  budget: number | null
  /** Of a million tokens. */
  inputPrice: number
  outputPrice: number
}

/** Tokens, and millionths of the currency. */
export interface Amount {
  tokens: number
  micros: number
}

export const MICROS = 1_000_000

/** A price of a million tokens is a token's price in millionths. A part of one counts as one. */
export function amountOf({ input, output }: TokenUse, { inputPrice, outputPrice }: DayCap): Amount {
  return { tokens: input + output, micros: Math.ceil(input * inputPrice + output * outputPrice) }
}
