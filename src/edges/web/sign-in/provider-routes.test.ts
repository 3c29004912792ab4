import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findIdentity, listIdentities, listSessions } from '#domain/identity'
import { testDatabase } from '#test/database'
import { startTestSandbox } from '#test/sandbox'
import { giveTestConsent, type TestConsent } from './give-test-consent.ts'
import { PUBLIC_URL, startTestSignIn, TELEGRAM, type TestBrowser } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const sandbox = await startTestSandbox(undefined, { appUrl: PUBLIC_URL })
const masha = sandbox.telegram.people()[0] ?? assert.fail('nobody lives in the sandbox')
const bench = await startTestSignIn(db, {
  telegram: { ...TELEGRAM, botToken: sandbox.token },
  providers: [
    { name: 'telegram', label: 'Telegram', flavour: 'telegram', ...sandbox.oidc },
    { name: 'other', label: 'Other', flavour: 'generic', ...sandbox.oidc },
    { name: 'nowhere', label: 'Nowhere', flavour: 'generic', ...sandbox.oidc, issuer: 'http://127.0.0.1:1' },
  ],
})
const fault = (what: OidcFault) => sandbox.issuer.control({ next: [{ fault: what }] })
type OidcFault = NonNullable<Parameters<typeof sandbox.issuer.control>[0]>['next'][number]['fault']

const consent = (page: TestBrowser, name: string, more: Partial<TestConsent> = {}) =>
  giveTestConsent(page, name, { person: masha.id, ...more })
const pathOf = (url: URL) => url.pathname + url.search
const landing = (response: Response) => [response.status, response.headers.get('location')]
const signedIn = async (page: TestBrowser) => (await page('/api/sessions')).status === 200

test('Telegram signs a person in by their numeric id, whatever the subject says', async () => {
  const page = bench.browser()
  const back = await consent(page, 'telegram')
  assert.deepEqual(landing(await page(pathOf(back))), [302, '/chat'])
  assert.ok(await signedIn(page))
  const widget = sandbox.telegram.widget(masha.id)
  const other = (await (await bench.browser()('/api/auth/telegram/widget', widget)).json()) as { user: { id: string } }
  assert.equal((await listSessions(db, other.user.id)).length, 2, 'widget and OpenID Connect are one user')
})

test('another provider is believed for its subject alone', async () => {
  const page = bench.browser()
  assert.deepEqual(landing(await page(pathOf(await consent(page, 'other')))), [302, '/chat'])
  const telegram = await findIdentity(db, 'telegram', String(masha.id))
  assert.ok(telegram)
  const identities = await listIdentities(db, telegram.userId)
  assert.deepEqual(
    identities.map(({ provider }) => provider),
    ['telegram'],
    'the same person there is somebody else here',
  )
})

test('a forged or foreign token signs nobody in', async () => {
  const forgeries: [OidcFault, number][] = [
    ['wrong-aud', 401],
    ['wrong-iss', 401],
    ['expired', 401],
    ['issued-in-future', 401],
    ['alg-none', 401],
    ['hs256', 401],
    ['foreign-key', 401],
    ['jku', 401],
    ['missing-id', 401],
    ['text-id', 401],
    ['sub-only', 401],
    ['no-id-token', 401],
    ['wrong-nonce', 403],
    ['missing-nonce', 403],
  ]
  for (const [forgery, status] of forgeries) {
    const page = bench.browser()
    const back = await consent(page, 'telegram')
    fault(forgery)
    const response = await page(pathOf(back))
    assert.equal(response.status, status, forgery)
    assert.ok(!response.headers.getSetCookie().join().includes('vitte='), forgery)
    assert.equal(await signedIn(page), false, forgery)
  }
})

test('a callback in a browser that began nothing, or something else, is 403', async () => {
  const [victim, attacker] = [bench.browser(), bench.browser()]
  const back = await consent(attacker, 'telegram')
  assert.equal((await victim(pathOf(back))).status, 403, 'no login under way')
  await consent(victim, 'telegram')
  assert.equal((await victim(pathOf(back))).status, 403, 'another login under way')
  await consent(victim, 'other')
  assert.equal((await victim(pathOf(back))).status, 403, 'a login at another provider')
  assert.equal(await signedIn(victim), false)
})

test('an answer counts once, and only with its own state', async () => {
  const page = bench.browser()
  const back = await consent(page, 'telegram')
  const [first, second] = await Promise.all([page(pathOf(back)), page(pathOf(back))])
  assert.deepEqual([first?.status, second?.status].sort(), [302, 403])
  for (const spoil of [
    (url: URL) => url.searchParams.delete('state'),
    (url: URL) => url.searchParams.set('state', 'x'),
    (url: URL) => url.searchParams.append('state', 'x'),
    (url: URL) => url.searchParams.set('code', 'x'),
  ]) {
    const next = await consent(page, 'telegram')
    spoil(next)
    assert.equal((await page(pathOf(next))).status, 403)
  }
})

test('a state cookie is unreadable, short-lived and out of scripts’ reach', async () => {
  const response = await bench.app.request('/auth/telegram')
  const [cookie = ''] = response.headers.getSetCookie()
  assert.match(cookie, /^vitte-login=[\w-]+\.\.[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/)
  const target = new URL(response.headers.get('location') ?? '')
  assert.ok(!cookie.includes(target.searchParams.get('state') ?? 'none'))
  assert.equal(target.searchParams.get('code_challenge_method'), 'S256')
  assert.ok(target.searchParams.get('nonce'))
})

test('somebody who changes their mind comes back to the sign-in page', async () => {
  const page = bench.browser()
  const back = await consent(page, 'telegram', { decision: 'deny' })
  assert.deepEqual(landing(await page(pathOf(back))), [302, '/sign-in?error=sign_in_cancelled'])
})

test('a provider that is down is said to be, and works again when it is back', async () => {
  const page = bench.browser()
  assert.deepEqual(landing(await page('/auth/nowhere')), [302, '/sign-in?error=provider_unavailable'])
  const back = await consent(page, 'telegram')
  fault('token-down')
  assert.deepEqual(landing(await page(pathOf(back))), [302, '/sign-in?error=provider_unavailable'])
  assert.deepEqual(landing(await page(pathOf(await consent(page, 'telegram')))), [302, '/chat'])
})

test('the way back never leads to another site', async () => {
  for (const returnTo of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    'javascript:alert(1)',
    '/api/auth/sign-out',
    '/a\nb',
    `/${'a'.repeat(600)}`,
    '',
  ]) {
    const page = bench.browser()
    assert.deepEqual(landing(await page(pathOf(await consent(page, 'telegram', { returnTo })))), [302, '/'])
  }
})

test('an unknown provider is not there', async () => {
  for (const path of ['/auth/unknown', '/auth/unknown/callback', '/auth/email', '/auth/__proto__']) {
    assert.equal((await bench.app.request(path)).status, 404)
  }
})

test('a person looking at a refusal sees a page, in their language, with a way on', async () => {
  const response = await bench.app.request('/auth/telegram/callback?state=x&code=y', {
    headers: { accept: 'text/html', 'accept-language': 'en' },
  })
  assert.equal(response.status, 403)
  assert.match(await response.text(), /<html lang="en">.*<a href="\/sign-in">/s)
})

test('another site begins no sign-in here: a person does, on our own page', async () => {
  for (const site of ['cross-site', 'same-site']) {
    const page = bench.browser()
    const sent = await page('/auth/other?returnTo=/chat', undefined, { 'sec-fetch-site': site })
    assert.deepEqual(landing(sent), [302, '/sign-in?returnTo=%2Fchat'])
    assert.deepEqual(sent.headers.getSetCookie(), [])
  }
})

test('a sign-in begun by nobody adds no login to whoever signed in meanwhile', async () => {
  const page = bench.browser()
  const back = await consent(page, 'other')
  const email = 'meanwhile@example.org'
  await page('/api/auth/email/start', { email })
  const code = bench.codes.findLast(({ to }) => to === email)?.code
  const { user } = (await (await page('/api/auth/email/verify', { email, code })).json()) as { user: { id: string } }
  const refused = await page(pathOf(back))
  assert.equal(refused.status, 403)
  assert.deepEqual(
    (await listIdentities(db, user.id)).map(({ provider }) => provider),
    ['email'],
  )
})
