import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import type { Grant } from './grants.ts'
import { ID_TOKEN_SECONDS, signIdToken } from './id-token.ts'
import type { IssuerState } from './start-issuer.ts'

const ACCESS_TOKEN_BYTES = 32

/**
 * `POST /token`: HTTP Basic with the client's id and secret, and `client_id` in the body as well, which
 * Telegram documents (the generic flavour does not ask for it). A code is gone after one try.
 */
export async function redeemCode(c: Context, state: IssuerState): Promise<Response> {
  const fault = state.faults.take()
  if (fault === 'token-down') return c.text('Service Unavailable', 503)
  if (fault === 'token-html') return c.html('<html><body>Bad Gateway</body></html>', 502)
  if (fault === 'token-hang') await new Promise((resolve) => c.req.raw.signal.addEventListener('abort', resolve))
  const body = await c.req.parseBody()
  const field = (name: string) => (typeof body[name] === 'string' ? body[name] : null)
  const refused = refuseClient(c, state, field('client_id'))
  if (refused) return refused
  if (field('grant_type') !== 'authorization_code')
    return refuse(c, 'unsupported_grant_type', 'only authorization_code')
  const grant = state.grants.redeem(field('code') ?? '')
  if (!grant) return refuse(c, 'invalid_grant', 'the code is unknown, used or older than 60 s')
  if (field('redirect_uri') !== grant.redirectUri) return refuse(c, 'invalid_grant', 'redirect_uri differs')
  if (!isProven(grant, field('code_verifier'))) return refuse(c, 'invalid_grant', 'code_verifier does not fit')
  const idToken = await signIdToken({
    flavour: state.options.flavour ?? 'telegram',
    issuer: state.issuer(),
    clientId: state.options.clientId,
    grant,
    fault,
    nowSeconds: Math.floor(state.nowMs() / 1000),
    key: await state.keys[state.faults.algorithm()],
    foreignKey: await state.foreignKey,
  })
  c.header('Cache-Control', 'no-store')
  return c.json({
    access_token: randomBytes(ACCESS_TOKEN_BYTES).toString('base64url'),
    token_type: 'Bearer',
    expires_in: ID_TOKEN_SECONDS,
    scope: grant.scope,
    ...(fault !== 'no-id-token' && { id_token: idToken }),
  })
}

/** RFC 6749 2.3.1: both halves are form-encoded before they are joined. */
function refuseClient(c: Context, { options }: IssuerState, bodyClientId: string | null): Response | null {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(c.req.header('Authorization') ?? '')?.[1]
  const [id = '', secret = ''] = Buffer.from(basic ?? '', 'base64')
    .toString()
    .split(':')
    .map((half) => new URLSearchParams(`half=${half}`).get('half') ?? '')
  if (!same(id, options.clientId) || !same(secret, options.clientSecret)) {
    c.header('WWW-Authenticate', 'Basic realm="token"')
    return c.json({ error: 'invalid_client', error_description: 'HTTP Basic with client id and secret' }, 401)
  }
  if (bodyClientId === null && options.flavour === 'generic') return null
  if (bodyClientId === options.clientId) return null
  return refuse(c, 'invalid_request', 'client_id belongs into the body too')
}

function isProven({ codeChallenge }: Grant, verifier: string | null): boolean {
  if (codeChallenge === null) return verifier === null
  return verifier !== null && same(createHash('sha256').update(verifier).digest('base64url'), codeChallenge)
}

function same(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

function refuse(c: Context, error: string, description: string): Response {
  return c.json({ error, error_description: description }, 400)
}
