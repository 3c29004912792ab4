/** An answer with `ok: false`, in Telegram's own words: `code` is the HTTP status too (Bot API "Making requests"). */
export class Refusal extends Error {
  readonly code: number
  readonly retryAfterSeconds: number | undefined

  constructor(code: number, description: string, retryAfterSeconds?: number) {
    super(description)
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export const badRequest = (text: string) => new Refusal(400, `Bad Request: ${text}`)
export const forbidden = (text: string) => new Refusal(403, `Forbidden: ${text}`)
export const conflict = (text: string) => new Refusal(409, `Conflict: ${text}`)
export const tooManyRequests = (seconds: number) =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, seconds)

/** The body that goes with a refusal. */
export function refusalBody(refusal: Refusal) {
  return {
    ok: false as const,
    error_code: refusal.code,
    description: refusal.message,
    ...(refusal.retryAfterSeconds === undefined ? {} : { parameters: { retry_after: refusal.retryAfterSeconds } }),
  }
}
