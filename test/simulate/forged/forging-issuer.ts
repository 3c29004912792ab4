import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Scope } from '../../harness/scope.ts'

const KEY_BITS = 2_048
const CLIENT_ID = 'client-of-the-simulation'
const CLIENT_SECRET = 'secret-of-the-simulation-0123456789'

/** An OpenID Connect issuer that hands out whatever token a case has made. */
export interface ForgingIssuer {
  url: string
  clientId: string
  clientSecret: string
  kid: string
  key: KeyObject
  publicKey: KeyObject
  /** Of somebody else: published where a token's header may point to, and nowhere else. */
  foreignKey: KeyObject
  foreignPublicKey: KeyObject
  foreignKeysUrl: string
  /** A code that is worth this answer of the token endpoint, once, to whoever has the verifier of the challenge. */
  grant(challenge: string, idToken: unknown): string
}

export async function startForgingIssuer(scope: Scope): Promise<ForgingIssuer> {
  const [own, foreign] = [makeKeys(), makeKeys()]
  const kid = 'own'
  const grants = new Map<string, { challenge: string; idToken: unknown }>()
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request)
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  scope.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const jwk = (key: KeyObject) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' })
    switch (request.url) {
      case '/.well-known/openid-configuration':
        return { status: 200, body: metadata(url) }
      case '/keys':
        return { status: 200, body: { keys: [jwk(own.publicKey)] } }
      case '/foreign-keys':
        return { status: 200, body: { keys: [jwk(foreign.publicKey)] } }
      case '/token':
        return redeem(new URLSearchParams(await readText(request)))
      default:
        return { status: 404, body: {} }
    }
  }

  function redeem(form: URLSearchParams): { status: number; body: unknown } {
    const code = form.get('code') ?? ''
    const grant = grants.get(code)
    grants.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (grant?.challenge !== challenge) return { status: 400, body: { error: 'invalid_grant' } }
    return { status: 200, body: { access_token: 'opaque', token_type: 'Bearer', id_token: grant.idToken } }
  }

  return {
    url,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    kid,
    key: own.privateKey,
    publicKey: own.publicKey,
    foreignKey: foreign.privateKey,
    foreignPublicKey: foreign.publicKey,
    foreignKeysUrl: `${url}/foreign-keys`,
    grant(challenge, idToken) {
      const code = randomBytes(16).toString('base64url')
      grants.set(code, { challenge, idToken })
      return code
    },
  }
}

/** What makes Vitte believe this issuer, as Telegram and as a provider of another name. */
export function issuerEnvironment(issuer: ForgingIssuer): Record<string, string> {
  const settings = { ISSUER: issuer.url, CLIENT_ID: issuer.clientId, CLIENT_SECRET: issuer.clientSecret }
  return Object.fromEntries(
    ['TELEGRAM_OIDC', 'OIDC_FORGE'].flatMap((prefix) =>
      Object.entries(settings).map(([name, value]) => [`${prefix}_${name}`, value]),
    ),
  )
}

function makeKeys() {
  return generateKeyPairSync('rsa', { modulusLength: KEY_BITS })
}

function metadata(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
