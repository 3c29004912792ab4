import { z } from '@hono/zod-openapi'
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client'
import type { ProvenIdentity } from '#domain/identity'
import { type App, type AppContext, addressGroup, defineRoute, Problem } from '#edges/http'
import { detourOf, rememberLogin } from './begin-login.ts'
import { claimLogin } from './claim-login.ts'
import { noteFailedProof } from './failed-proof.ts'
import { createLoginStates } from './login-state.ts'
import { createProvider, type Provider } from './provider.ts'
import { toProblem } from './provider-problem.ts'
import { readClaims } from './read-claims.ts'
import { signInAndReturn } from './sign-in-browser.ts'
import type { SignInDeps } from './sign-in-deps.ts'

const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/
/** Providers of these names would share identities with other ways in. */
const TAKEN_NAMES = new Set(['email'])

const redirects = { 302: { description: 'On to the provider, or back to the page' } }
const begin = defineRoute({
  method: 'get',
  path: '/auth/{provider}',
  owner: 'public',
  summary: 'Sign in with an OpenID Connect provider',
  request: { params: z.object({ provider: z.string() }) },
  responses: redirects,
})
const callback = defineRoute({
  method: 'get',
  path: '/auth/{provider}/callback',
  owner: 'public',
  summary: 'Where the provider sends the browser back to',
  request: { params: z.object({ provider: z.string() }) },
  responses: redirects,
})

export function providerRoutes(app: App, deps: SignInDeps): void {
  const { publicUrl } = deps
  const nowSeconds = () => Math.floor(deps.clock.now().getTime() / 1000)
  const providers = nameProviders(deps)
  const states = createLoginStates({ vault: deps.vault, secure: new URL(publicUrl).protocol === 'https:' })

  app.openapi(begin, async (c) => {
    const provider = find(providers, c)
    const detour = detourOf(c, deps)
    if (detour) return c.redirect(detour, 302)
    await deps.limits.take('providerPerClient', addressGroup(c.var.clientAddress))
    const pending = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
    try {
      const target = await provider.begin(pending)
      await rememberLogin(c, { states, publicUrl }, { provider: provider.name, ...pending })
      return c.redirect(target.href, 302)
    } catch (error) {
      return explain(c, deps, error)
    }
  })

  app.openapi(callback, async (c) => {
    const provider = find(providers, c)
    const answer = new URL(c.req.url).searchParams
    const pending = await claimLogin(c, { states, db: deps.db }, { provider: provider.name, answer })
    let proof: ProvenIdentity
    try {
      const claims = await provider.finish(pending, answer)
      proof = readClaims(provider, claims, { locale: c.var.locale, nowSeconds: nowSeconds() })
    } catch (error) {
      return explain(c, deps, error)
    }
    // The state was spent before the provider was asked.
    return signInAndReturn(c, deps, { proof, spend: async () => {}, returnTo: pending.returnTo })
  })
}

/** @throws RangeError for a name that cannot be a path or would mix up identities */
function nameProviders({ providers, publicUrl }: SignInDeps): Map<string, Provider> {
  const named = new Map<string, Provider>()
  for (const config of providers) {
    const mixes = TAKEN_NAMES.has(config.name) || (config.name === 'telegram') !== (config.flavour === 'telegram')
    if (!NAME.test(config.name) || mixes || named.has(config.name)) {
      throw new RangeError(`an OpenID Connect provider cannot be called "${config.name}"`)
    }
    named.set(config.name, createProvider(config, publicUrl))
  }
  return named
}

function find(providers: Map<string, Provider>, c: AppContext): Provider {
  const provider = providers.get(c.req.param('provider') ?? '')
  if (!provider) throw new Problem(404, 'not_found')
  return provider
}

/** What can simply be tried again goes back to the sign-in page with its code; a proof that is none is a page of its own. */
async function explain(c: AppContext, deps: SignInDeps, error: unknown): Promise<Response> {
  const problem = toProblem(error)
  const { code } = problem
  const provider = c.req.param('provider') ?? ''
  deps.log.warn('sign_in.provider_failed', { provider, code, error })
  if (problem.status !== 502) {
    await noteFailedProof(c, deps, { provider, code })
    throw problem
  }
  return c.redirect(`/sign-in?error=${problem.code}`, 302)
}
