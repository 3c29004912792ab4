import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '#test/database'
import { freePort } from '#test/free-port'
import { startTestSandbox } from '#test/sandbox'
import { giveTestConsent } from './give-test-consent.ts'
import type { ProviderConfig } from './provider.ts'
import { PUBLIC_URL, startTestSignIn, TELEGRAM, type TestBrowser } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const sandbox = await startTestSandbox(undefined, { appUrl: PUBLIC_URL })
const { control } = sandbox.issuer

/** A process of its own, with a master key of its own: what it learned of a provider or a person, no other knows. */
const start = (
  issuer: ProviderConfig = { name: 'telegram', label: 'Telegram', flavour: 'telegram', ...sandbox.oidc },
) => startTestSignIn(db, { telegram: { ...TELEGRAM, botToken: sandbox.token }, providers: [issuer] })
const consent = (page: TestBrowser) => giveTestConsent(page, 'telegram', { person: sandbox.telegram.addPerson().id })
const finish = (page: TestBrowser, { pathname, search }: URL) => page(pathname + search)
const landing = (response: Response) => [response.status, response.headers.get('location')]
const UNAVAILABLE = [302, '/sign-in?error=provider_unavailable']

for (const algorithm of ['RS256', 'ES256', 'EdDSA'] as const) {
  test(`a token signed with ${algorithm} is believed where the provider announces it`, async () => {
    control({ next: [], algorithm })
    const page = (await start()).browser()
    assert.deepEqual(landing(await finish(page, await consent(page))), [302, '/chat'])
  })
}

test('a token signed with what was not announced is not', async () => {
  control({ next: [], algorithm: 'ES256', announced: ['RS256'] })
  const page = (await start()).browser()
  assert.equal((await finish(page, await consent(page))).status, 401)
})

test('no provider talks us into a token without a signature, or with a secret that everybody has', async () => {
  for (const fault of ['alg-none', 'hs256'] as const) {
    control({ next: [{ fault }], announced: ['none', 'HS256', 'RS256'] })
    const page = (await start()).browser()
    assert.equal((await finish(page, await consent(page))).status, 401, fault)
    assert.equal((await page('/api/sessions')).status, 401)
  }
  control({ next: [], announced: ['none', 'HS256'] })
  assert.deepEqual(landing(await (await start()).browser()('/auth/telegram')), UNAVAILABLE)
})

test('a code that was given to somebody else does not fit this browser’s verifier', async () => {
  control({ next: [] })
  const { browser } = await start()
  const [victim, attacker] = [browser(), browser()]
  const [own, stolen] = [await consent(victim), await consent(attacker)]
  own.searchParams.set('code', stolen.searchParams.get('code') ?? '')
  assert.equal((await finish(victim, own)).status, 403)
  assert.equal((await victim('/api/sessions')).status, 401)
})

test('an answer that is no answer can simply be tried again', async () => {
  control({ next: [{ fault: 'token-html' }] })
  const page = (await start()).browser()
  assert.deepEqual(landing(await finish(page, await consent(page))), UNAVAILABLE)
  assert.deepEqual(landing(await finish(page, await consent(page))), [302, '/chat'])
})

test('a provider that was down at the start is asked again at the next click', async () => {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}/oidc`
  const { clientId, clientSecret } = sandbox.oidc
  const { browser } = await start({ name: 'late', label: 'Late', flavour: 'generic', issuer, clientId, clientSecret })
  const page = browser()
  assert.deepEqual(landing(await page('/auth/late')), UNAVAILABLE)
  await startTestSandbox(undefined, { appUrl: PUBLIC_URL, port })
  const away = await page('/auth/late')
  assert.equal(away.status, 302)
  assert.ok(away.headers.get('location')?.startsWith(`${issuer}/auth?`))
})
