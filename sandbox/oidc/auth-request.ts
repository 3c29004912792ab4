import { z } from 'zod'

const once = z.string().optional()
const fields = z.object({
  client_id: once,
  redirect_uri: once,
  response_type: once,
  scope: once,
  state: once,
  nonce: once,
  code_challenge: once,
  code_challenge_method: once,
  login_hint: once,
})
export type AuthFields = z.infer<typeof fields>

/** A request the page can be shown for. */
export type AuthRequest = {
  redirectUri: string
  scope: string
  state: string | null
  nonce: string | null
  codeChallenge: string | null
  loginHint: string | null
  /** The fields as sent, to be carried through the page's form. */
  fields: AuthFields
}

export type AuthReading =
  | { ok: true; request: AuthRequest }
  /** Nobody to send back to: told on a page of our own. */
  | { ok: false; redirectUri: null; error: string }
  | { ok: false; redirectUri: string; state: string | null; error: string; description: string }

/** Reads an authorization request (OpenID Connect Core 3.1.2.1, PKCE of RFC 7636). */
export function readAuthRequest(
  input: Record<string, string[]>,
  { clientId, redirectAllowed }: { clientId: string; redirectAllowed(uri: string): boolean },
): AuthReading {
  const twice = Object.entries(input).find(([name, values]) => name in fields.shape && values.length > 1)
  if (twice) return { ok: false, redirectUri: null, error: `${twice[0]} is given twice` }
  const sent = fields.parse(Object.fromEntries(Object.entries(input).map(([name, values]) => [name, values[0]])))
  if (sent.client_id !== clientId) return { ok: false, redirectUri: null, error: 'client_id is unknown' }
  const redirectUri = sent.redirect_uri
  if (!redirectUri || !URL.canParse(redirectUri) || !redirectAllowed(redirectUri)) {
    return { ok: false, redirectUri: null, error: 'redirect_uri is not registered' }
  }
  const state = sent.state ?? null
  const scope = sent.scope ?? ''
  const refuse = (error: string, description: string): AuthReading => ({
    ok: false,
    redirectUri,
    state,
    error,
    description,
  })
  if (sent.response_type !== 'code') return refuse('unsupported_response_type', 'only code')
  if (!scope.split(' ').includes('openid')) return refuse('invalid_scope', 'openid is missing')
  if (sent.code_challenge !== undefined && !/^[\w-]{43}$/.test(sent.code_challenge)) {
    return refuse('invalid_request', 'code_challenge is not a SHA-256 in base64url')
  }
  if (sent.code_challenge !== undefined && sent.code_challenge_method !== 'S256') {
    return refuse('invalid_request', 'code_challenge_method must be S256')
  }
  const request: AuthRequest = {
    redirectUri,
    scope,
    state,
    nonce: sent.nonce ?? null,
    codeChallenge: sent.code_challenge ?? null,
    loginHint: sent.login_hint ?? null,
    fields: sent,
  }
  return { ok: true, request }
}
