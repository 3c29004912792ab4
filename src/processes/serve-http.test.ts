import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { z } from 'zod'
import { createApp, defineRoute, jsonAnswer, jsonBody } from '#edges/http'
import { loadTexts } from '#platform/texts'
import { freePort } from '#test/free-port'
import { silentLog } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { serveHttp } from './serve-http.ts'

const PATIENCE = { headersMs: 300, requestMs: 500, lookEveryMs: 50 }
const BODY = '{"text":"a"}'

const said = { 200: jsonAnswer(z.object({ said: z.string() }), 'said') }
const read = defineRoute({ method: 'get', path: '/api/open', owner: 'public', responses: said })
const write = defineRoute({
  method: 'post',
  path: '/api/open',
  owner: 'public',
  request: { body: jsonBody(z.strictObject({ text: z.string() })) },
  responses: said,
})
let written = 0
const app = createApp(
  {
    publicUrl: 'http://localhost:3000',
    texts: await loadTexts({ folder: 'locales', strict: true }),
    log: silentLog,
    findSession: async () => null,
    isOperator: async () => false,
    checks: { notReady: async () => [], metrics: async () => ({ contentType: '', text: '' }) },
  },
  (parts) => {
    parts.openapi(read, (c) => c.json({ said: c.req.method }, 200))
    parts.openapi(write, (c) => {
      written += 1
      return c.json({ said: c.req.valid('json').text }, 200)
    })
  },
)
const port = await freePort()
const listening = await serveHttp(app, { host: '127.0.0.1', port, patience: PATIENCE })
after(() => listening.close())

/** Sends these bytes, and gives all that came until either side closed; an open connection is left after `leaveMs`. */
function exchange(bytes: string, leaveMs: number | null = 200): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(heard))
    socket.write(bytes)
    if (leaveMs !== null) setTimeout(() => socket.end(), leaveMs).unref()
  })
}
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`
const statuses = (heard: string) => [...heard.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status))
const JSON_LINES = ['Host: a', 'Content-Type: application/json']

/** What somebody in between might read differently from us. Each must be refused, and never be taken for two. */
const ODD: Record<string, [bytes: string, status: number | null]> = {
  'two lengths': [
    lines('POST /api/open HTTP/1.1', ...JSON_LINES, 'Content-Length: 3', 'Content-Length: 12') + BODY,
    400,
  ],
  'a length and chunks': [
    `${lines('POST /api/open HTTP/1.1', ...JSON_LINES, 'Content-Length: 12', 'Transfer-Encoding: chunked')}0\r\n\r\nGET /api/open HTTP/1.1\r\nHost: a\r\n\r\n`,
    400,
  ],
  'an unknown coding': [lines('POST /api/open HTTP/1.1', ...JSON_LINES, 'Transfer-Encoding: xchunked') + BODY, 400],
  'two hosts': [lines('GET /api/open HTTP/1.1', 'Host: a', 'Host: b'), 400],
  'no host': [lines('GET /api/open HTTP/1.1'), 400],
  'a host that is none': [lines('GET /api/open HTTP/1.1', 'Host: a b'), 400],
  'another host in the target': [lines('GET http://evil.example/api/open HTTP/1.1', 'Host: a'), 400],
  'two origins': [
    lines(
      'POST /api/open HTTP/1.1',
      ...JSON_LINES,
      'Origin: http://localhost:3000',
      'Origin: http://evil.example',
      'Content-Length: 12',
    ) + BODY,
    400,
  ],
  'two proofs': [lines('GET /api/open HTTP/1.1', 'Host: a', 'Authorization: Bearer a', 'authorization: Bearer b'), 400],
  'a folded header': [lines('GET /api/open HTTP/1.1', 'Host: a', 'X-A: b', ' c'), 400],
  'bare line ends': ['GET /api/open HTTP/1.1\nHost: a\n\n', 400],
  'a blank before the colon': [lines('GET /api/open HTTP/1.1', 'Host : a'), 400],
  'a zero byte': [lines('GET /api/open HTTP/1.1', 'Host: a', 'X-A: b\0c'), 400],
  'the preface of HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  'a long header': [lines('GET /api/open HTTP/1.1', 'Host: a', `X-A: ${'a'.repeat(20_000)}`), 431],
  TRACE: [lines('TRACE /api/open HTTP/1.1', 'Host: a', 'X-Secret: echoed'), 405],
  TRACK: [lines('TRACK /api/open HTTP/1.1', 'Host: a'), 400],
  CONNECT: [lines('CONNECT evil.example:443 HTTP/1.1', 'Host: a'), null],
  gzip: [lines('POST /api/open HTTP/1.1', ...JSON_LINES, 'Content-Encoding: gzip', 'Content-Length: 12') + BODY, 415],
  'a body of 10 MB': [lines('POST /api/open HTTP/1.1', ...JSON_LINES, 'Content-Length: 10485760'), 413],
}

for (const [name, [bytes, status]] of Object.entries(ODD)) {
  test(`refused, once, and nothing is done: ${name}`, async () => {
    const before = written
    const heard = await exchange(bytes)
    assert.deepEqual(statuses(heard), status === null ? [] : [status], heard)
    assert.equal(written, before)
    assert.ok(!heard.includes('echoed'))
  })
}

test('a method cannot be named anywhere but in its place', async () => {
  for (const header of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
    const heard = await exchange(lines('GET /api/open?_method=POST HTTP/1.1', 'Host: a', `${header}: POST`))
    assert.deepEqual(statuses(heard), [200])
    assert.ok(heard.endsWith('{"said":"GET"}'), heard)
  }
})

test('no answer says what it was made with', async () => {
  for (const path of ['/api/open', '/nothing', '/healthz']) {
    assert.doesNotMatch(await exchange(lines(`GET ${path} HTTP/1.1`, 'Host: a')), /^(server|x-powered-by|via):/im)
  }
})

test('whoever sends one byte now and then is cut off, in the head and in the body', async () => {
  const inHead = await exchange('GET /api/open HTTP/1.1\r\nHost: a\r\n', null)
  const inBody = await exchange(`${lines('POST /api/open HTTP/1.1', ...JSON_LINES, 'Content-Length: 12')}{"te`, null)
  assert.deepEqual([statuses(inHead), statuses(inBody)], [[408], [408]])
})

test('who leaves answers what is under way, and keeps no connection after it', async () => {
  const begun: (() => void)[] = []
  const slow = {
    async fetch() {
      await new Promise<void>((resolve) => begun.push(resolve))
      return new Response('said')
    },
  }
  const slowPort = await freePort()
  const leaver = await serveHttp(slow, { host: '127.0.0.1', port: slowPort })
  const socket = connect(slowPort, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk
  })
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.write(lines('GET / HTTP/1.1', 'Host: a'))
  await waitFor(() => begun.length === 1)
  const left = leaver.close()
  begun[0]?.()
  await Promise.all([left, closed])
  assert.deepEqual(statuses(heard), [200])
})
