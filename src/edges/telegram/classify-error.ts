import { GrammyError, HttpError } from 'grammy'
import type { SendOutcome } from '#domain/delivery'

/** The request certainly did not reach Telegram. */
const NEVER_ARRIVED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])
const RETRY_AFTER_DEFAULT_SECONDS = 1
const DESCRIPTION_MAX_LENGTH = 200

/**
 * What a failed send means, from code and description together (Bot API: the code alone is subject to change).
 * Texts: telegram-bot-api server, Client.cpp. Everything that may have arrived is `unknown`.
 */
export function classifyError(error: unknown): SendOutcome {
  if (error instanceof GrammyError) return classifyAnswer(error)
  const code = networkCode(error)
  if (code && NEVER_ARRIVED.has(code)) return { kind: 'retry', waiting: true, error: code }
  return { kind: 'unknown', error: code ?? 'no_answer' }
}

function classifyAnswer({ error_code: code, description, parameters }: GrammyError): SendOutcome {
  const error = `${code} ${description}`.slice(0, DESCRIPTION_MAX_LENGTH)
  const says = (text: string) => description.toLowerCase().includes(text)
  if (code === 429) {
    const seconds = parameters.retry_after ?? RETRY_AFTER_DEFAULT_SECONDS
    return { kind: 'retry', waiting: true, afterMs: seconds * 1000, error }
  }
  if (says('blocked by the user')) return { kind: 'unreachable', reachability: 'blocked', error }
  if (says('user is deactivated')) return { kind: 'unreachable', reachability: 'deactivated', error }
  if (says("can't initiate conversation")) return { kind: 'unreachable', reachability: 'never_started', error }
  // A revoked token or another poller is the operator's to mend; nothing is lost meanwhile.
  if (code === 401 || code === 404 || code === 409) return { kind: 'retry', waiting: true, error }
  if (code === 502 || code === 503 || code === 504) return { kind: 'retry', error }
  if (code >= 500) return { kind: 'unknown', error }
  return { kind: 'refused', error }
}

function networkCode(error: unknown): string | null {
  const inner = error instanceof HttpError ? error.error : error
  const cause = inner instanceof Error ? (inner.cause ?? inner) : inner
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  return typeof code === 'string' ? code : null
}
