import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createLog } from '#platform/log'
import { silentLog } from '#test/silent-log'
import { createModeration, type ModerationOutcome } from './index.ts'

const SECRET = 'a private sentence'

interface Call {
  path: string
  authorization: string | undefined
  body: { input?: string; model?: string }
}

/** A real HTTP server that speaks like the service; `answer` plays one call. */
async function standIn(t: TestContext, answer: (response: ServerResponse) => void) {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString())
    calls.push({ path: request.url ?? '', authorization: request.headers.authorization, body })
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` }
}

const verdict = (categories: Record<string, boolean>) => (response: ServerResponse) =>
  void response.setHeader('content-type', 'application/json').end(JSON.stringify({ results: [{ categories }] }))

test('the service is asked once, with its key and model, and its categories become risks', async (t) => {
  const said = {
    'self-harm/intent': true,
    sexual: true,
    'sexual/minors': true,
    violence: true,
    hate: true,
    'self-harm': false,
  }
  const { calls, url } = await standIn(t, verdict(said))
  const moderation = createModeration({ url, key: 'k', model: 'm', log: silentLog })
  assert.deepEqual([...(await moderation.read('text'))].toSorted(), ['explicit', 'minor_sexual', 'self_harm'])
  assert.deepEqual(calls, [{ path: '/v1/moderations', authorization: 'Bearer k', body: { input: 'text', model: 'm' } }])
})

test('without a key and a model neither is sent, and nothing found is nothing', async (t) => {
  const { calls, url } = await standIn(t, verdict({ sexual: false, violence: true }))
  assert.equal((await createModeration({ url: `${url}/`, log: silentLog }).read('text')).size, 0)
  assert.deepEqual(calls, [{ path: '/v1/moderations', authorization: undefined, body: { input: 'text' } }])
})

const faults: [string, ModerationOutcome, (response: ServerResponse) => void][] = [
  ['an error', 'failed', (response) => void response.writeHead(500).end(SECRET)],
  ['a page', 'failed', (response) => void response.end(`<html>${SECRET}</html>`)],
  ['another shape', 'failed', (response) => void response.end('{"results":[]}')],
  ['a line cut off', 'failed', (response) => void response.socket?.resetAndDestroy()],
  ['a redirect', 'failed', (response) => void response.writeHead(307, { location: '/elsewhere' }).end()],
  ['an answer without end', 'failed', (response) => void response.end(`"${'x'.repeat(100_000)}"`)],
  ['silence', 'timeout', () => {}],
  ['an answer that stops half-way', 'timeout', (response) => void response.write('{"results":')],
]
for (const [name, outcome, play] of faults) {
  test(`${name} instead of a verdict is no risk, is counted, and no text is in the log`, async (t) => {
    const { calls, url } = await standIn(t, play)
    const counted: ModerationOutcome[] = []
    const lines: string[] = []
    const log = createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } })
    const moderation = createModeration({ url, log, timeoutMs: 300, counted: (one) => void counted.push(one) })
    assert.equal((await moderation.read(SECRET)).size, 0)
    assert.deepEqual(counted, [outcome])
    assert.equal(calls.length, 1)
    assert.match(lines.join(''), /moderation\.failed/)
    assert.ok(!lines.join('').includes(SECRET))
  })
}

test('a service that is away is left alone, and asked again when it may be back', async (t) => {
  let away = true
  const { calls, url } = await standIn(t, (response) =>
    away ? void response.writeHead(503).end() : verdict({ 'self-harm': true })(response),
  )
  let nowMs = 0
  const moderation = createModeration({ url, log: silentLog, monotonicMs: () => nowMs })
  for (let call = 0; call < 15; call += 1) await moderation.read('text')
  const asked = calls.length
  assert.ok(asked < 15, `${asked} of 15 calls reached it`)
  away = false
  nowMs += 60_000
  assert.deepEqual([...(await moderation.read('text'))], ['self_harm'])
  assert.deepEqual([...(await moderation.read('text'))], ['self_harm'])
  assert.equal(calls.length, asked + 2)
})
