import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { waitForever } from './answer.ts'
import type { Failure } from './control.ts'

/** Failures that come instead of an answer; null lets the call go on. */
export async function failEarly(c: Context, failure: Failure | null, signal: AbortSignal): Promise<Response | null> {
  switch (failure?.kind) {
    case '429':
      c.header('Retry-After', String(failure.retryAfterSeconds))
      return refuse(c, 429, 'Rate limit reached')
    case '500':
      return refuse(c, 500, 'The server had an error')
    case '503':
      return refuse(c, 503, 'The engine is overloaded')
    case 'html':
      return c.html('<html><body><h1>502 Bad Gateway</h1></body></html>')
    case 'hang-before-headers':
      await waitForever(signal)
      return refuse(c, 503, 'The call was let go')
    case 'reset':
      resetConnection(c)
      return refuse(c, 503, 'The connection was reset')
    default:
      return null
  }
}

/** Breaks the socket so that the caller sees ECONNRESET. Without a real socket the stream just ends. */
export function resetConnection(c: Context): void {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  incoming?.socket?.resetAndDestroy?.()
}

/** An error in OpenAI's shape. */
export function refuse(c: Context, status: 400 | 429 | 500 | 503, message: string): Response {
  const type = status === 400 ? 'invalid_request_error' : status === 429 ? 'rate_limit_error' : 'server_error'
  return c.json({ error: { message, type, param: null, code: null } }, status)
}
