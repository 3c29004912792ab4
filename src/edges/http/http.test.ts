import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Problem as ProblemBody } from '#contract/api'
import { BROWSER, makeApp, post, problemOf, SAME, texts } from './start-test-frame.ts'

const app = makeApp()

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
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'")
    assert.equal(headers.get('strict-transport-security'), null)
  }
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
