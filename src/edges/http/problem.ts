import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Offer } from '#contract/api'
import type { TextArgs } from '#platform/texts'

export interface ProblemDetails {
  /** What the sentence of this code needs, e.g. `{ seconds: 30 }`. */
  args?: TextArgs
  headers?: Record<string, string>
  /** The text that explains this case better than the one of its code: `problem-<says>`. */
  says?: string
  /** Which part of the input, and what is wrong with it, in words of a schema and never the value itself. */
  fields?: Record<string, string>
  /** An extension member (RFC 9457, section 3.2) of 402: what would bring credits. */
  offers?: Offer[]
}

/**
 * An answer other than success, thrown from anywhere in an edge. The frame turns it into RFC 9457 problem details;
 * the sentence for people is the text `problem-<code>` in the reader's language.
 */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: ContentfulStatusCode
  readonly code: string
  readonly details: ProblemDetails

  constructor(status: ContentfulStatusCode, code: string, details: ProblemDetails = {}) {
    super(code)
    this.status = status
    this.code = code
    this.details = details
  }
}
