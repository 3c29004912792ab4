import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findIdentity } from '#domain/identity'
import { testDatabase } from '#test/database'
import { signWidget, startTestSignIn, TELEGRAM, type TestBrowser } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const { browser, clock } = await startTestSignIn(db)
let people = 6_000
const next = () => (people += 1)

/** Opens the page and does what Telegram's script does there: adds the signed fields to the address it was given. */
async function press(page: TestBrowser, { id = next(), returnTo = '/chat' } = {}): Promise<URL> {
  const opened = await page(`/auth/telegram/widget?returnTo=${encodeURIComponent(returnTo)}`)
  assert.equal(opened.status, 200)
  const authUrl = /data-auth-url="([^"]+)"/.exec(await opened.text())?.[1] ?? assert.fail('no address')
  const target = new URL(authUrl.replaceAll('&amp;', '&'))
  const fields = { id, first_name: 'Аня', username: 'anya', auth_date: Math.floor(clock.now().getTime() / 1000) }
  for (const [name, value] of Object.entries(signWidget(fields))) target.searchParams.set(name, String(value))
  return target
}
const pathOf = (url: URL) => url.pathname + url.search
const landing = (response: Response) => [response.status, response.headers.get('location')]
const signedIn = async (page: TestBrowser) => (await page('/api/sessions')).status === 200
async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as { code: string }).code]
}

test('the widget’s page brings a person in and back to where they were going', async () => {
  const page = browser()
  const target = await press(page, { id: 5_999 })
  assert.equal(target.pathname, '/auth/telegram/widget/callback')
  assert.deepEqual(landing(await page(pathOf(target))), [302, '/chat'])
  assert.ok(await signedIn(page))
  assert.equal((await findIdentity(db, 'telegram', '5999'))?.displayName, 'Аня')
})

test('the page shows Telegram’s button in the visitor’s language and loads nothing else', async () => {
  const response = await browser()('/auth/telegram/widget', undefined, { 'accept-language': 'en' })
  const text = await response.text()
  assert.match(text, /<html lang="en">.*Sign in with Telegram.*data-telegram-login="companion_bot".*data-lang="en"/s)
  assert.doesNotMatch(text, /request-access/, 'it asks for no leave to write')
  const policy = response.headers.get('content-security-policy') ?? ''
  assert.match(
    policy,
    /default-src 'none'; script-src https:\/\/telegram\.org; frame-src https:\/\/oauth\.telegram\.org;/,
  )
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /unsafe/)
  assert.equal(response.headers.get('referrer-policy'), 'strict-origin')
  assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin-allow-popups')
  assert.equal(response.headers.get('cache-control'), 'no-store')
})

test('what one browser began cannot be finished in another', async () => {
  const [victim, attacker] = [browser(), browser()]
  const target = await press(attacker)
  assert.deepEqual(await codeOf(await victim(pathOf(target))), [403, 'sign_in_state'])
  await press(victim)
  assert.deepEqual(await codeOf(await victim(pathOf(target))), [403, 'sign_in_state'], 'nor in one that began its own')
  assert.equal(await signedIn(victim), false)
})

test('an answer counts once, within ten minutes, and only with its own state', async () => {
  const page = browser()
  const target = await press(page)
  const [first, second] = await Promise.all([page(pathOf(target)), page(pathOf(target))])
  assert.deepEqual([first?.status, second?.status].sort(), [302, 403])
  for (const spoil of [
    (url: URL) => url.searchParams.delete('state'),
    (url: URL) => url.searchParams.set('state', 'x'),
    (url: URL) => url.searchParams.append('state', url.searchParams.get('state') ?? ''),
  ]) {
    const spoilt = await press(page)
    spoil(spoilt)
    assert.deepEqual(await codeOf(await page(pathOf(spoilt))), [403, 'sign_in_state'])
  }
})

test('fields that were changed, repeated, added or left out sign nobody in', async () => {
  for (const spoil of [
    (url: URL) => url.searchParams.set('id', '1'),
    (url: URL) => url.searchParams.append('id', '1'),
    (url: URL) => url.searchParams.append('first_name', 'Аня'),
    (url: URL) => url.searchParams.set('last_name', 'Котова'),
    (url: URL) => url.searchParams.delete('username'),
    (url: URL) => url.searchParams.delete('hash'),
  ]) {
    const page = browser()
    const target = await press(page)
    spoil(target)
    assert.deepEqual(await codeOf(await page(pathOf(target))), [401, 'invalid_signature'], target.search)
    assert.equal(await signedIn(page), false)
  }
  const page = browser()
  const target = await press(page)
  clock.advance(301_000)
  assert.deepEqual(await codeOf(await page(pathOf(target))), [401, 'expired'])
})

test('the fields are the same proof on every way in', async () => {
  const page = browser()
  const target = await press(page)
  assert.equal((await page(pathOf(target))).status, 302)
  target.searchParams.delete('state')
  const fields = Object.fromEntries(target.searchParams)
  const past = new Date(Date.now() - 61_000)
  await db.updateTable('proof_uses').set({ first_used_at: past }).execute()
  assert.deepEqual(await codeOf(await browser()('/api/auth/telegram/widget', fields)), [401, 'replayed'])
})

test('the way back never leads to another site', async () => {
  for (const returnTo of ['https://evil.example/', '//evil.example', '/api/me']) {
    const page = browser()
    assert.deepEqual(landing(await page(pathOf(await press(page, { returnTo })))), [302, '/'])
  }
})

test('where the widget cannot work there is no page, and the options say so', async () => {
  const unknown = await startTestSignIn(db, { telegram: { ...TELEGRAM, botUsername: () => null } })
  assert.deepEqual(landing(await unknown.browser()('/auth/telegram/widget')), [
    302,
    '/sign-in?error=provider_unavailable',
  ])
  const without = await startTestSignIn(db, { telegram: { ...TELEGRAM, widget: null } })
  assert.equal((await without.browser()('/auth/telegram/widget')).status, 404)
  for (const bench of [unknown, without]) {
    const options = await (await bench.browser()('/api/auth/options')).json()
    assert.equal((options as { telegram: { widget: boolean } }).telegram.widget, false)
  }
})
