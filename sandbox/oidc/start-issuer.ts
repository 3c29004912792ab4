import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { z } from 'zod'
import { showConsent, takeConsent } from './authorize.ts'
import { createOidcFaults, type OidcControl, type OidcControlPatch, type OidcFaults } from './control.ts'
import { createGrants, type Grants } from './grants.ts'
import type { Flavour } from './id-token.ts'
import { createSigningKey, type SigningAlgorithm, type SigningKey } from './keys.ts'
import type { OidcPerson } from './people.ts'
import { redeemCode } from './redeem-code.ts'

const STYLE = readFileSync(new URL('./page.css', import.meta.url), 'utf8')

export type IssuerOptions = {
  /** The URL the routes are mounted at, without a slash at its end; a function when it is known only later. */
  issuer: string | (() => string)
  clientId: string
  clientSecret: string
  people(): readonly OidcPerson[]
  /** Whether this redirect URI is registered. */
  redirectAllowed(uri: string): boolean
  /** `telegram`: claim `id`, no mail. `generic`: mail, no `id`, as Google and Yandex ID have it. */
  flavour?: Flavour
  /** The name on the page. */
  label?: string
  /** Told of every sign-in that was allowed; `botAccess` when the site asked for leave to write. */
  onAllow?(person: OidcPerson, wishes: { botAccess: boolean }): void
  /** The issuer's clock in milliseconds. */
  nowMs?(): number
}

export type Issuer = { routes: Hono; control(patch?: OidcControlPatch): OidcControl }

/** What the routes share. */
export type IssuerState = {
  options: IssuerOptions
  issuer(): string
  nowMs(): number
  grants: Grants
  faults: OidcFaults
  keys: Record<SigningAlgorithm, Promise<SigningKey>>
  foreignKey: Promise<SigningKey>
}

/** An OpenID Connect issuer for one client: discovery, consent page, token endpoint, keys, faults on demand. */
export function startIssuer(options: IssuerOptions): Issuer {
  const { issuer } = options
  const nowMs = options.nowMs ?? Date.now
  const state: IssuerState = {
    options,
    issuer: typeof issuer === 'string' ? () => issuer : issuer,
    nowMs,
    grants: createGrants(nowMs),
    faults: createOidcFaults(),
    keys: {
      RS256: createSigningKey('sandbox'),
      ES256: createSigningKey('sandbox-es256', 'ES256'),
      EdDSA: createSigningKey('sandbox-eddsa', 'EdDSA'),
    },
    foreignKey: createSigningKey('foreign'),
  }
  return { routes: issuerRoutes(state), control: state.faults.change }
}

/** The routes alone; their controls are at `/control` as well. */
export function oidcRoutes(options: IssuerOptions): Hono {
  return startIssuer(options).routes
}

function issuerRoutes(state: IssuerState): Hono {
  const routes = new Hono()
  routes.get('/.well-known/openid-configuration', (c) => c.json(discovery(state)))
  routes.get('/.well-known/jwks.json', async (c) => c.json(await keySet(Object.values(state.keys))))
  routes.get('/foreign-jwks.json', async (c) => c.json(await keySet([state.foreignKey])))
  routes.get('/auth', (c) => showConsent(c, state))
  routes.post('/auth', (c) => takeConsent(c, state))
  routes.post('/token', (c) => redeemCode(c, state))
  routes.get('/page.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  routes.get('/control', (c) => c.json(state.faults.change()))
  routes.post('/control', async (c) => {
    try {
      return c.json(state.faults.change(await c.req.json()))
    } catch (error) {
      return c.json({ error: error instanceof z.ZodError ? z.prettifyError(error) : 'Not JSON' }, 400)
    }
  })
  return routes
}

async function keySet(keys: Promise<SigningKey>[]) {
  return { keys: (await Promise.all(keys)).map(({ publicJwk }) => publicJwk) }
}

/** Telegram's has no UserInfo endpoint; everything is in the id_token. */
function discovery({ options, issuer, faults }: IssuerState) {
  const base = issuer()
  const generic = options.flavour === 'generic'
  return {
    issuer: base,
    authorization_endpoint: `${base}/auth`,
    token_endpoint: `${base}/token`,
    jwks_uri: `${base}/.well-known/jwks.json`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: faults.announced(),
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: generic ? ['openid', 'email', 'profile'] : ['openid', 'profile', 'phone', 'telegram:bot_access'],
  }
}
