import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
  type ServerMetadata,
} from 'openid-client'

const PROVIDER_TIMEOUT_SECONDS = 8
/** Keys are fetched anew when a token names an unknown one; addresses change less often than this. */
const DISCOVERED_FOR_MS = 3_600_000
/** What id tokens may be signed with, of what a provider announces: never nothing, and never a shared secret. */
const SIGNED_WITH = ['RS256', 'ES256', 'EdDSA', 'Ed25519']
/** OpenID Connect Core, section 2: what is meant where nothing is announced. */
const SIGNED_WITH_DEFAULT = ['RS256']

/** An OpenID Connect provider as configured. `telegram` is keyed by Telegram's numeric id, others by their subject. */
export interface ProviderConfig {
  /** Part of `/auth/<name>` and of the identity: changing it makes strangers of its users. */
  name: string
  label: string
  flavour: 'telegram' | 'generic'
  issuer: string
  clientId: string
  clientSecret: string
}

/** What one sign-in remembers between leaving and coming back. */
export interface PendingLogin {
  state: string
  nonce: string
  verifier: string
}

export interface Provider extends ProviderConfig {
  /** Where to send the browser. */
  begin(pending: PendingLogin): Promise<URL>
  /** The verified claims of the id token. @throws what openid-client throws, see `toProblem` */
  finish(pending: PendingLogin, answer: URLSearchParams): Promise<IDToken>
}

/** A provider that is down is asked again at the next sign-in: nothing of it is needed at start. */
export function createProvider(config: ProviderConfig, publicUrl: string): Provider {
  const redirectUri = new URL(`/auth/${config.name}/callback`, publicUrl).href
  const scope = config.flavour === 'telegram' ? 'openid profile' : 'openid profile email'
  const client = keepFor(DISCOVERED_FOR_MS, () => discover(config))
  return {
    ...config,
    async begin({ state, nonce, verifier }) {
      return buildAuthorizationUrl(await client(), {
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
    },
    async finish({ state, nonce, verifier }, answer) {
      const url = new URL(redirectUri)
      url.search = answer.toString()
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
      const claims = (await authorizationCodeGrant(await client(), url, checks)).claims()
      if (!claims) throw new TypeError('the provider sent no id token')
      return claims
    },
  }
}

async function discover({ issuer, clientId, clientSecret, flavour }: ProviderConfig): Promise<Configuration> {
  const url = new URL(issuer)
  const execute = [
    // Without this a token that came over TLS would be believed unsigned.
    enableNonRepudiationChecks,
    ...(isLoopback(url) ? [allowInsecureRequests] : []),
  ]
  const timeout = PROVIDER_TIMEOUT_SECONDS
  const found = await discovery(url, clientId, clientSecret, undefined, { execute, timeout })
  const { supportsPKCE, ...metadata } = found.serverMetadata()
  const posts = metadata.token_endpoint_auth_methods_supported?.includes('client_secret_post')
  const authentication =
    flavour === 'generic' && posts ? ClientSecretPost(clientSecret) : basicWithClientId(clientSecret)
  const pinned = { ...metadata, id_token_signing_alg_values_supported: pinAlgorithms(metadata) }
  const client = new Configuration(pinned, clientId, clientSecret, authentication)
  client.timeout = timeout
  for (const prepare of execute) prepare(client)
  return client
}

/** The library believes whatever the provider announces. @throws TypeError when none of it can be believed */
function pinAlgorithms({ id_token_signing_alg_values_supported: announced }: ServerMetadata): string[] {
  const algorithms = (announced ?? SIGNED_WITH_DEFAULT).filter((name) => SIGNED_WITH.includes(name))
  if (algorithms.length === 0) throw new TypeError('the provider announces no signature that can be believed')
  return algorithms
}

/**
 * HTTP Basic as Telegram wants it, with `client_id` in the body as well. The library would also escape `-`, `_` and
 * `.`, which decodes to the same where it is decoded and fails where it is not.
 */
function basicWithClientId(clientSecret: string): ClientAuth {
  return (_server, client, body, headers) => {
    const pair = `${encodeURIComponent(client.client_id)}:${encodeURIComponent(clientSecret)}`
    headers.set('Authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
    body.set('client_id', client.client_id)
  }
}

/** Plain http is for the sandbox on this machine alone. */
function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

/** Shares one result for a time; a failure is forgotten at once. */
function keepFor<Result>(ms: number, make: () => Promise<Result>): () => Promise<Result> {
  let kept: { result: Promise<Result>; untilMs: number } | undefined
  return () => {
    if (kept && performance.now() < kept.untilMs) return kept.result
    const result = make()
    const entry = { result, untilMs: performance.now() + ms }
    kept = entry
    result.catch(() => {
      if (kept === entry) kept = undefined
    })
    return result
  }
}
