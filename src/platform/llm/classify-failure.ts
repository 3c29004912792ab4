import { ModelFailure, type ModelFailureDetails } from './model-failure.ts'
import { readRetryAfter } from './retry-after.ts'

/** Statuses below 500 after which the same request may succeed. */
const PASSING_STATUSES = new Set([408, 409, 425])
/** `Error` itself: the packages use it for answers that they do not understand, never for the network. */
const MALFORMED_ERRORS = new Set([
  'Error',
  'AI_JSONParseError',
  'AI_TypeValidationError',
  'AI_InvalidResponseDataError',
  'AI_EmptyResponseBodyError',
])
const CAUSES_MAX = 5
const WORD = /^[\w.-]{1,64}$/

/** What the provider packages throw, or send as an error part of a stream. */
interface ProviderError {
  name?: unknown
  code?: unknown
  type?: unknown
  status?: unknown
  statusCode?: unknown
  responseHeaders?: Record<string, string>
  isRetryable?: unknown
  data?: unknown
  error?: unknown
  cause?: unknown
}

/** Any failure of a call, told apart by its shape alone: its words come from the network. */
export function classifyFailure(error: unknown): ModelFailure {
  const own = findOwn(error)
  if (own) return own
  const known: ProviderError = typeof error === 'object' && error !== null ? error : {}
  const details: ModelFailureDetails = { reason: nameOf(known), status: statusOf(known) }
  if (codesOf(known).some((code) => code.includes('content_filter'))) return new ModelFailure('model_refused', details)
  if (MALFORMED_ERRORS.has(String(known.name))) return new ModelFailure('model_malformed', details)
  details.retryAfterMs = readRetryAfter(known.responseHeaders, Date.now())
  if (details.status === 429 || codesOf(known).some((code) => code.includes('rate_limit'))) {
    return new ModelFailure('model_rate_limited', details)
  }
  if (details.status !== undefined && details.status < 300 && known.isRetryable !== true) {
    return new ModelFailure('model_malformed', details)
  }
  return new ModelFailure('model_unavailable', { ...details, retryable: mayPass(details.status) })
}

function findOwn(error: unknown): ModelFailure | null {
  let current = error
  for (let depth = 0; depth < CAUSES_MAX && current instanceof Error; depth += 1) {
    if (current instanceof ModelFailure) return current
    current = current.cause
  }
  return null
}

function mayPass(status: number | undefined): boolean {
  return status === undefined || status < 400 || status >= 500 || PASSING_STATUSES.has(status)
}

function statusOf({ statusCode, status, code }: ProviderError): number | undefined {
  return [statusCode, status, code].find((value): value is number => Number.isInteger(value))
}

/** `type` and `code`, wherever the provider puts them: in the error part, or in the body of a refused request. */
function codesOf({ type, code, data, error }: ProviderError): string[] {
  const body: unknown = data ?? error
  const inner: unknown = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
  const nested: ProviderError = typeof inner === 'object' && inner !== null ? inner : {}
  return [type, code, nested.type, nested.code].filter((value) => typeof value === 'string')
}

function nameOf({ name, cause, type }: ProviderError): string {
  const causeCode = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  const word = [causeCode, name, type].find((value) => typeof value === 'string' && WORD.test(value))
  return typeof word === 'string' ? word : 'unknown'
}
