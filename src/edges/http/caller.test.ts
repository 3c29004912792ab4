import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from './index.ts'
import { BROWSER, makeApp, post, problemOf, SAME } from './start-test-frame.ts'

const app = makeApp()

test('who asks is told by the session alone', async () => {
  const said = async (headers: Record<string, string>) =>
    ((await (await app.request('/api/mine/1', { headers })).json()) as { said: string }).said
  assert.equal(await said(BROWSER), 'user web browser cookie')
  assert.equal(await said({ authorization: 'Bearer webapp' }), 'user telegram webapp bearer')
  assert.equal(await said({ authorization: 'bearer webapp', cookie: 'vitte=operator' }), 'user telegram webapp bearer')
})

test('no proof, a dead one, or one in the wrong place is 401', async () => {
  const refused: Record<string, string>[] = [
    {},
    { cookie: 'vitte=dead' },
    { cookie: '__Host-vitte=browser' },
    { cookie: 'vitte=webapp' },
    { authorization: 'Bearer browser' },
    { authorization: 'Bearer' },
    { authorization: 'Basic browser', ...BROWSER },
    { authorization: 'Bearer dead', ...BROWSER },
  ]
  for (const headers of refused) {
    assert.deepEqual(await problemOf(await app.request('/api/mine/1', { headers })), [401, 'unauthorized'])
  }
})

test('what belongs to operators is not there for anybody else', async () => {
  const others: Record<string, string>[] = [{}, BROWSER, { authorization: 'Bearer webapp' }]
  for (const headers of others) {
    assert.deepEqual(await problemOf(await app.request('/api/admin/console', { headers })), [404, 'not_found'])
  }
  assert.equal((await app.request('/api/admin/console', { headers: { cookie: 'vitte=operator' } })).status, 200)
})

test('a write by cookie needs our own origin, one by bearer needs none', async () => {
  const status = async (headers: Record<string, string>) =>
    (await app.request('/api/mine/1', post({ text: 'a' }, headers))).status
  assert.equal(await status({ ...BROWSER, ...SAME }), 200)
  assert.equal(await status({ authorization: 'Bearer webapp' }), 200)
  assert.equal(await status({ authorization: 'Bearer webapp', origin: 'https://evil.example' }), 200)
  assert.equal(await status(SAME), 401)
  for (const origin of [
    'null',
    'https://evil.example',
    'http://localhost:3000.evil.example',
    'http://localhost:30000',
    'http://localhost',
    'https://localhost:3000',
    'http://localhost:3000/',
    '',
  ]) {
    assert.equal(await status({ ...BROWSER, origin }), 403, origin)
  }
  assert.deepEqual(await problemOf(await app.request('/api/mine/1', post({ text: 'a' }, BROWSER))), [403, 'cross_site'])
  assert.equal((await app.request('/api/mine/1', { headers: BROWSER })).status, 200)
})

test('a write that the browser says another site caused is refused, even with an origin that looks right', async () => {
  const status = async (headers: Record<string, string>) =>
    (await app.request('/api/mine/1', post({ text: 'a' }, headers))).status
  for (const site of ['cross-site', 'same-site', 'Same-Origin', '']) {
    assert.equal(await status({ ...BROWSER, ...SAME, 'sec-fetch-site': site }), 403, site)
    assert.equal(await status({ 'sec-fetch-site': site, authorization: 'Bearer webapp' }), 200, site)
  }
  for (const site of ['same-origin', 'none']) {
    assert.equal(await status({ ...BROWSER, ...SAME, 'sec-fetch-site': site }), 200, site)
    assert.equal(await status({ ...BROWSER, 'sec-fetch-site': site }), 403, `${site} without an origin`)
    assert.equal(await status({ ...BROWSER, origin: 'https://evil.example', 'sec-fetch-site': site }), 403)
  }
})

test('on loopback the host that was asked is ours too, a foreign name that resolves to us is not', async () => {
  const status = async (host: string, origin: string) =>
    (await app.request(`http://${host}/api/mine/1`, post({ text: 'a' }, { ...BROWSER, host, origin }))).status
  assert.equal(await status('127.0.0.1:8080', 'http://127.0.0.1:8080'), 200)
  assert.equal(await status('[::1]:8080', 'http://[::1]:8080'), 200)
  assert.equal(await status('127.0.0.1:8080', 'http://127.0.0.1:8081'), 403)
  assert.equal(await status('rebound.example:8080', 'http://rebound.example:8080'), 403)
})

test('no answer invites another origin', async () => {
  for (const origin of ['null', 'https://evil.example', 'http://localhost:3000']) {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await app.request('/api/mine/1', { method, headers: { ...BROWSER, origin } })
      assert.equal(headers.get('access-control-allow-origin'), null)
      assert.equal(headers.get('access-control-allow-credentials'), null)
    }
  }
})

test('under https the cookie is bound to this host, and a planted one is ignored', async () => {
  const secure = makeApp({ publicUrl: 'https://vitte.example' })
  const asked = (cookie: string) => secure.request('https://vitte.example/api/mine/1', { headers: { cookie } })
  assert.equal((await asked('vitte=browser')).status, 401)
  const renewed = await asked('__Host-vitte=renewed')
  assert.match(renewed.headers.get('strict-transport-security') ?? '', /max-age=\d{8}/)
  assert.deepEqual(renewed.headers.getSetCookie(), [
    '__Host-vitte=renewed; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax',
  ])
})

test('a forwarded address is believed from trusted proxies only', async () => {
  const trusting = makeApp({ trustedProxies: ['10.0.0.0/8', '2001:db8::1'] })
  const from = async (asked: App, peer: string, forwarded?: string) => {
    const headers: Record<string, string> = forwarded ? { 'x-forwarded-for': forwarded } : {}
    const socket = { remoteAddress: peer } as never
    const response = await asked.request('/api/open', { headers }, { incoming: { socket } as never })
    return ((await response.json()) as { said: string }).said
  }
  assert.equal(await from(app, '192.0.2.1', '1.1.1.1'), '192.0.2.1')
  assert.equal(await from(trusting, '192.0.2.1', '1.1.1.1'), '192.0.2.1')
  assert.equal(await from(trusting, '::ffff:10.0.0.1', '1.1.1.1'), '1.1.1.1')
  assert.equal(await from(trusting, '2001:db8::1', 'spoofed, 6.6.6.6, 10.1.1.1'), '6.6.6.6')
  assert.equal(await from(trusting, '10.0.0.1', '6.6.6.6, not an address'), '10.0.0.1')
  assert.equal(await from(trusting, '10.0.0.1'), '10.0.0.1')
  assert.throws(() => makeApp({ trustedProxies: ['proxy.example'] }), RangeError)
})
