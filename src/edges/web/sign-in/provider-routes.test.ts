import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { serve } from '@hono/node-server'
import { listIdentities, listSessions } from '#domain/identity'
import { testDatabase } from '#test/database'
import { type OidcFault, startIssuer } from '../../../../sandbox/oidc/index.ts'
import { PUBLIC_URL, signWidget, startTestSignIn, type TestBrowser } from './start-test-sign-in.ts'

const MASHA = { id: 700_000_001, firstName: 'Маша', lastName: 'Орлова', username: 'masha', languageCode: 'ru' }
const TOM = { id: 7_900_000_004, firstName: 'Tom', languageCode: 'en', email: 'tom@mail.test', emailVerified: false }
const SECRET = 'secret-with_odd.characters+/='
const { db } = await testDatabase()
const telegram = await play('telegram')
const google = await play('generic')
const nowhere = { name: 'nowhere', label: 'Nowhere', flavour: 'generic', issuer: 'http://127.0.0.1:1' } as const
const client = { clientId: '42', clientSecret: SECRET }
const bench = await startTestSignIn(db, {
  providers: [
    { name: 'telegram', label: 'Telegram', flavour: 'telegram', issuer: telegram.issuer, ...client },
    { name: 'google', label: 'Google', flavour: 'generic', issuer: google.issuer, ...client },
    { ...nowhere, ...client },
  ],
})

/** An issuer on a port of its own, as the sandbox runs it. */
async function play(flavour: 'telegram' | 'generic') {
  let issuer = ''
  const { routes, control } = startIssuer({
    ...{ clientId: '42', clientSecret: SECRET, flavour, people: () => [MASHA, TOM] },
    issuer: () => issuer,
    redirectAllowed: (uri) => uri.startsWith(`${PUBLIC_URL}/auth/`),
  })
  const server = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' })
  after(() => server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { issuer, fault: (fault: OidcFault) => control({ next: [{ fault }] }) }
}

/** Goes to the provider, says yes (or no) as this person, and returns the address it sends the browser back to. */
async function consent(page: TestBrowser, name: string, person = MASHA.id, decision = 'allow', returnTo = '/chat') {
  const away = await page(`/auth/${name}?returnTo=${encodeURIComponent(returnTo)}`)
  assert.equal(away.status, 302)
  const target = new URL(away.headers.get('location') ?? '')
  const body = new URLSearchParams({ ...Object.fromEntries(target.searchParams), person: String(person), decision })
  const back = await fetch(`${target.origin}${target.pathname}`, { method: 'POST', body, redirect: 'manual' })
  return new URL(back.headers.get('location') ?? '')
}
const pathOf = (url: URL) => url.pathname + url.search
const landing = (response: Response) => [response.status, response.headers.get('location')]
const signedIn = async (page: TestBrowser) => (await page('/api/sessions')).status === 200

test('Telegram signs a person in by their numeric id, whatever the subject says', async () => {
  const page = bench.browser()
  const back = await consent(page, 'telegram')
  assert.deepEqual(landing(await page(pathOf(back))), [302, '/chat'])
  assert.ok(await signedIn(page))
  const widget = signWidget({ id: MASHA.id, first_name: 'Маша', auth_date: Math.floor(Date.now() / 1000) })
  const other = (await (await bench.browser()('/api/auth/telegram/widget', widget)).json()) as { user: { id: string } }
  assert.equal((await listSessions(db, other.user.id)).length, 2, 'widget and OpenID Connect are one user')
})

test('a generic provider is believed for its subject alone', async () => {
  const page = bench.browser()
  await page('/api/auth/email/start', { email: TOM.email })
  await page('/api/auth/email/verify', { email: TOM.email, code: bench.codes.at(-1)?.code })
  const { rows } = await db.executeQuery<{ user_id: string }>(
    db.selectFrom('identities').select('user_id').where('external_id', '=', TOM.email).compile(),
  )
  const other = bench.browser()
  assert.deepEqual(landing(await other(pathOf(await consent(other, 'google', TOM.id)))), [302, '/chat'])
  assert.ok(await signedIn(other))
  const mailUser = rows[0]?.user_id ?? ''
  assert.deepEqual(
    (await listIdentities(db, mailUser)).map(({ provider }) => provider),
    ['email'],
    'an address the provider asserts joins nobody',
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
  for (const [fault, status] of forgeries) {
    const page = bench.browser()
    const back = await consent(page, 'telegram')
    telegram.fault(fault)
    const response = await page(pathOf(back))
    assert.equal(response.status, status, fault)
    assert.ok(!response.headers.getSetCookie().join().includes('vitte='), fault)
    assert.equal(await signedIn(page), false, fault)
  }
})

test('a callback in a browser that began nothing, or something else, is 403', async () => {
  const [victim, attacker] = [bench.browser(), bench.browser()]
  const back = await consent(attacker, 'telegram')
  assert.equal((await victim(pathOf(back))).status, 403, 'no login under way')
  await consent(victim, 'telegram')
  assert.equal((await victim(pathOf(back))).status, 403, 'another login under way')
  await consent(victim, 'google')
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
  const back = await consent(page, 'telegram', MASHA.id, 'deny')
  assert.deepEqual(landing(await page(pathOf(back))), [302, '/sign-in?error=sign_in_cancelled'])
})

test('a provider that is down is said to be, and works again when it is back', async () => {
  const page = bench.browser()
  assert.deepEqual(landing(await page('/auth/nowhere')), [302, '/sign-in?error=provider_unavailable'])
  const back = await consent(page, 'telegram')
  telegram.fault('token-down')
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
    assert.deepEqual(landing(await page(pathOf(await consent(page, 'telegram', MASHA.id, 'allow', returnTo)))), [
      302,
      '/',
    ])
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
