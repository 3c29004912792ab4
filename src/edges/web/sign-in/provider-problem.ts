import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { Problem } from '#edges/http'

const CAUSES_READ_MAX = 4

/** Somebody's token or code was tampered with, or belongs to another browser: told on a page, never retried. */
const FORGED = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_UNSUPPORTED_OPERATION',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_PARSE_ERROR',
])

/**
 * What a failure at the provider means for the person: 401 or 403 for a proof that is not theirs, 502 with a code that
 * the sign-in page explains for everything that may simply be tried again.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof AuthorizationResponseError) {
    return new Problem(502, error.error === 'access_denied' ? 'sign_in_cancelled' : 'sign_in_failed')
  }
  if (error instanceof ResponseBodyError) {
    return error.error === 'invalid_grant' ? new Problem(403, 'sign_in_state') : new Problem(502, 'sign_in_failed')
  }
  if (error instanceof ClientError && FORGED.has(error.code ?? '')) {
    return isAboutNonce(error) ? new Problem(403, 'sign_in_state') : new Problem(401, 'invalid_signature')
  }
  if (error instanceof ClientError && error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') {
    return new Problem(401, 'expired')
  }
  return new Problem(502, 'provider_unavailable')
}

/** The library hangs what it refused (the claim, or all claims where one is missing) into the cause of the cause. */
function isAboutNonce(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > CAUSES_READ_MAX) return false
  const { claim, claims, cause } = error as { claim?: unknown; claims?: unknown; cause?: unknown }
  if (claim === 'nonce') return true
  if (typeof claims === 'object' && claims !== null && !('nonce' in claims)) return true
  return isAboutNonce(cause, depth + 1)
}
