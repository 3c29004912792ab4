import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { z } from '@hono/zod-openapi'
import type { Problem as ProblemBody } from '#contract/api'
import type { FoundSession } from '#domain/identity'
import { loadTexts } from '#platform/texts'
import { silentLog } from '#test/silent-log'
import { type App, type AppDeps, createApp, defineRoute, jsonAnswer, jsonBody, Problem } from './index.ts'

const texts = await loadTexts({ folder: 'locales', strict: true })
const session = (over: Partial<FoundSession>): FoundSession => ({
  id: 'session',
  userId: 'user',
  interface: 'browser',
  locale: 'en',
  adult: false,
  keyId: 'key',
  provenAt: new Date(),
  renewed: false,
  ...over,
})
const SESSIONS: Record<string, FoundSession> = {
  browser: session({}),
  renewed: session({ renewed: true }),
  webapp: session({ interface: 'webapp', locale: 'ru' }),
  operator: session({ userId: 'operator' }),
}
const BROWSER = { cookie: 'vitte=browser' }
const SAME = { origin: 'http://localhost:3000' }

const answer = { 200: jsonAnswer(z.object({ said: z.string() }), 'said') }
const open = defineRoute({ method: 'get', path: '/api/open', owner: 'public', responses: answer })
const mine = defineRoute({ method: 'get', path: '/api/mine/{id}', owner: 'user', responses: answer })
const write = defineRoute({
  method: 'post',
  path: '/api/mine/{id}',
  owner: 'user',
  request: { body: jsonBody(z.strictObject({ text: z.string().min(1) })) },
  responses: answer,
})
const console_ = defineRoute({ method: 'get', path: '/api/admin/console', owner: 'operator', responses: answer })
const broken = defineRoute({ method: 'get', path: '/api/broken/{how}', owner: 'public', responses: answer })

function parts(app: App): void {
  app.openapi(open, (c) => c.json({ said: c.var.clientAddress }, 200))
  app.openapi(mine, (c) => {
    const { userId, channel, interface: shown, proof } = c.var.caller
    return c.json({ said: [userId, channel, shown, proof].join(' ') }, 200)
  })
  app.openapi(write, (c) => c.json({ said: c.req.valid('json').text }, 200))
  app.openapi(console_, (c) => c.json({ said: 'console' }, 200))
  app.openapi(broken, (c) => {
    const how = c.req.param('how')
    if (how === 'gone') throw Object.assign(new Error('secret connect'), { code: 'ECONNREFUSED', syscall: 'connect' })
    if (how === 'own') throw new Problem(409, 'conflict', { headers: { 'X-Own': '1' }, fields: { part: 'why' } })
    throw new Error('secret')
  })
}

function makeApp(over: Partial<AppDeps> = {}, addParts = parts): App {
  const deps: AppDeps = {
    publicUrl: 'http://localhost:3000',
    texts,
    log: silentLog,
    findSession: async (token) => SESSIONS[token] ?? null,
    isOperator: async ({ userId }) => userId === 'operator',
    checks: { notReady: async () => [], metrics: async () => ({ contentType: 'text/plain', text: 'vitte_up 1\n' }) },
    ...over,
  }
  return createApp(deps, addParts)
}
const app = makeApp()

async function problemOf(response: Response): Promise<[number, string]> {
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  const body = (await response.json()) as ProblemBody
  assert.equal(body.status, response.status)
  assert.ok(body.detail && body.title && body.type)
  return [response.status, body.code]
}

function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text }
}

test('a problem speaks the language of the reader and names nothing of the inside', async () => {
  const russian = (await (await app.request('/api/unknown')).json()) as ProblemBody
  const english = (await (
    await app.request('/api/unknown', { headers: { 'accept-language': 'de, en;q=0.5' } })
  ).json()) as ProblemBody
  assert.equal(russian.detail, texts.say('ru', 'problem-not_found'))
  assert.equal(english.detail, texts.say('en', 'problem-not_found'))
  for (const how of ['gone', 'any']) {
    const text = await (await app.request(`/api/broken/${how}`)).text()
    assert.ok(!text.includes('secret') && !text.includes('.ts'), text)
  }
})

test('the database being away is 503 with a time to come back, a bug is 500', async () => {
  const away = await app.request('/api/broken/gone')
  assert.match(away.headers.get('retry-after') ?? '', /^\d+$/)
  assert.deepEqual(await problemOf(away), [503, 'unavailable'])
  assert.deepEqual(await problemOf(await app.request('/api/broken/any')), [500, 'internal'])
  const own = await app.request('/api/broken/own')
  assert.equal(own.headers.get('x-own'), '1')
  assert.deepEqual(((await own.clone().json()) as ProblemBody).fields, { part: 'why' })
  assert.deepEqual(await problemOf(own), [409, 'conflict'])
})

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

test('on loopback the host that was asked is ours too, a foreign name that resolves to us is not', async () => {
  const status = async (host: string, origin: string) =>
    (await app.request(`http://${host}/api/mine/1`, post({ text: 'a' }, { ...BROWSER, host, origin }))).status
  assert.equal(await status('127.0.0.1:8080', 'http://127.0.0.1:8080'), 200)
  assert.equal(await status('[::1]:8080', 'http://[::1]:8080'), 200)
  assert.equal(await status('127.0.0.1:8080', 'http://127.0.0.1:8081'), 403)
  assert.equal(await status('rebound.example:8080', 'http://rebound.example:8080'), 403)
})

test('a body is JSON of a bearable size and of the expected shape', async () => {
  const asked = async (body: unknown, headers: Record<string, string> = {}) =>
    problemOf(await app.request('/api/mine/1', post(body, { ...BROWSER, ...SAME, ...headers })))
  assert.deepEqual(await asked('{"text":'), [400, 'malformed'])
  assert.deepEqual(await asked(''), [400, 'malformed'])
  assert.deepEqual(await asked({ text: 'a' }, { 'content-type': 'text/plain' }), [400, 'malformed'])
  assert.deepEqual(await asked({ text: 'a' }, { 'content-type': 'application/x-www-form-urlencoded' }), [
    400,
    'malformed',
  ])
  assert.deepEqual(await asked({ text: 'a' }, { 'content-encoding': 'gzip' }), [415, 'unsupported_encoding'])
  assert.deepEqual(await asked({ text: 'a'.repeat(20_000) }), [413, 'too_large'])
  for (const body of [null, [], 'text', 1, {}, { text: 1 }, { text: ['a'] }, { text: '' }, { text: 'a', more: 1 }]) {
    const text = typeof body === 'string' ? JSON.stringify(body) : body
    assert.deepEqual(await asked(text), [422, 'invalid_input'], JSON.stringify(body))
  }
})

test('a refused field is named, its value is not', async () => {
  const response = await app.request('/api/mine/1', post({ text: 5, token: 'secret' }, { ...BROWSER, ...SAME }))
  const text = await response.text()
  assert.deepEqual((JSON.parse(text) as ProblemBody).fields, { text: 'invalid_type', token: 'unrecognized_keys' })
  assert.ok(!text.includes('secret'))
})

test('a wrong method says which are right, an unknown path says nothing', async () => {
  const wrong = await app.request('/api/mine/1', { method: 'DELETE', headers: BROWSER })
  assert.equal(wrong.headers.get('allow'), 'GET, POST')
  assert.deepEqual(await problemOf(wrong), [405, 'method_not_allowed'])
  assert.deepEqual(await problemOf(await app.request('/api/mine', { headers: BROWSER })), [404, 'not_found'])
  assert.equal((await app.request('/api/open', { method: 'HEAD' })).status, 200)
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

test('signed data in an address is refused', async () => {
  for (const name of ['initData', 'tgWebAppData', 'TGWEBAPPDATA']) {
    assert.deepEqual(await problemOf(await app.request(`/api/open?${name}=x`)), [400, 'malformed'])
  }
  assert.equal((await app.request('/api/open?other=initData')).status, 200)
})

test('private answers are stored nowhere and every answer is guarded', async () => {
  for (const path of ['/api/open', '/api/unknown', '/api/broken/any']) {
    const { headers } = await app.request(path)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin-allow-popups')
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'self';.*frame-ancestors 'none'/)
    assert.ok(!headers.get('content-security-policy')?.includes('unsafe'))
    assert.equal(headers.get('strict-transport-security'), null)
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

test('a route without an owner stops the start', () => {
  assert.throws(
    () => makeApp({}, (bare) => void bare.get('/api/forgotten', (c) => c.text('hello'))),
    /\/api\/forgotten/,
  )
})

test('the document tells whose each route is', async () => {
  const document = (await (await app.request('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, { 'x-owner': string; responses: object; requestBody?: object }>>
  }
  assert.equal(document.paths['/api/mine/{id}']?.post?.['x-owner'], 'user')
  assert.equal(document.paths['/api/admin/console']?.get?.['x-owner'], 'operator')
  assert.ok(document.paths['/api/mine/{id}']?.post?.requestBody)
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) assert.match(operation['x-owner'], /^(public|user|operator)$/)
  }
})

test('readiness names the part that is missing', async () => {
  assert.equal((await app.request('/healthz')).status, 200)
  assert.equal((await app.request('/readyz')).status, 200)
  assert.match(await (await app.request('/metrics')).text(), /^vitte_up 1$/m)
  const waiting = makeApp({
    checks: { notReady: async () => ['database'], metrics: async () => ({ contentType: '', text: '' }) },
  })
  const response = await waiting.request('/readyz')
  assert.equal(response.status, 503)
  assert.deepEqual(((await response.json()) as ProblemBody).fields, { database: 'not_ready' })
  assert.equal((await waiting.request('/healthz')).status, 200)
})

test('requests are measured by the pattern of their route', async () => {
  const seen: string[] = []
  const measured = makeApp({ measure: ({ method, route, status }) => void seen.push(`${method} ${route} ${status}`) })
  await measured.request(`/api/mine/${randomUUID()}`, { headers: BROWSER })
  await measured.request('/api/nothing?secret=1')
  await measured.request('/api/broken/x')
  assert.deepEqual(seen, ['GET /api/mine/{id} 200', 'GET none 404', 'GET /api/broken/{how} 500'])
})
