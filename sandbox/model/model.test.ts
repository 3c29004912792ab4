import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { serve } from '@hono/node-server'
import { generateText, streamText } from 'ai'
import { startModel } from './index.ts'

const DEADLINE_MS = 5_000
const QUESTION = [
  { role: 'system', content: 'Ты Арина' },
  { role: 'user', content: 'Что видно из окна?' },
]

async function start(t: TestContext) {
  const model = startModel({ delayMsPerWord: 0 })
  const server = serve({ fetch: model.routes.fetch, hostname: '127.0.0.1', port: 0 }) as Server
  await once(server, 'listening')
  t.after(() => {
    model.reset()
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = (body: object, path = '/v1/chat/completions', init: RequestInit = {}) =>
    fetch(url + path, { method: 'POST', body: JSON.stringify(body), ...init })
  const ask = (extra: object = {}, init: RequestInit = {}) =>
    post({ model: 'demo', messages: QUESTION, stream: true, ...extra }, undefined, init)
  return { model, url, post, ask }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS
  while (!holds()) {
    assert.ok(performance.now() < deadline, 'waited too long')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('a real client streams and generates the same text with usage', async (t) => {
  const { url, model } = await start(t)
  const provider = createOpenAICompatible({ name: 'demo', baseURL: `${url}/v1`, apiKey: 'k', includeUsage: true })
  const messages = [{ role: 'user' as const, content: 'Что видно из окна?' }]
  const streamed = streamText({ model: provider('demo'), instructions: 'Ты Арина', messages, maxRetries: 0 })
  const text = await streamed.text
  assert.match(text, /LLM_MODEL/)
  assert.ok(((await streamed.usage).outputTokens ?? 0) > 0)
  const whole = await generateText({ model: provider('demo'), instructions: 'Ты Арина', messages, maxRetries: 0 })
  assert.equal(whole.text, text)
  assert.deepEqual(
    model.calls().map(({ outcome, authorization }) => [outcome, authorization]),
    Array(2).fill(['answered', 'Bearer k']),
  )
})

test('a stream is role, words, finish, usage and [DONE]', async (t) => {
  const { ask } = await start(t)
  const lines = (await (await ask()).text()).trim().split('\n\n')
  assert.equal(lines.at(-1), 'data: [DONE]')
  const chunks = lines.slice(0, -1).map((line) => JSON.parse(line.slice('data: '.length)))
  assert.equal(chunks[0].choices[0].delta.role, 'assistant')
  assert.equal(chunks.at(-2).choices[0].finish_reason, 'stop')
  assert.ok(chunks.at(-1).usage.total_tokens > 0)
})

test('echo, fixed text, a cap and a megabyte', async (t) => {
  const { model, ask } = await start(t)
  const say = async (extra: object = {}) => (await (await ask({ stream: false, ...extra })).json()).choices[0]
  model.control({ mode: 'echo' })
  assert.equal((await say()).message.content, 'Что видно из окна?')
  model.control({ text: '  ровно так,\nкак есть ' })
  assert.equal((await say()).message.content, '  ровно так,\nкак есть ')
  assert.equal((await say({ max_tokens: 3 })).finish_reason, 'length')
  model.control({ failures: [{ kind: 'megabyte' }, { kind: 'empty' }] })
  assert.ok((await say()).message.content.length >= 1_000_000)
  assert.equal((await say()).message.content, '')
})

test('failures meet the calls they are meant for, in order, and then stop', async (t) => {
  const { ask, post, url } = await start(t)
  const failures = [
    { kind: '429', retryAfterSeconds: 7 },
    { kind: '500', times: 2 },
    { kind: '503', model: 'other', times: null },
  ]
  assert.equal((await post({ failures }, '/control')).status, 200)
  const first = await ask()
  assert.deepEqual([first.status, first.headers.get('Retry-After')], [429, '7'])
  assert.deepEqual([(await ask()).status, (await ask()).status, (await ask()).status], [500, 500, 200])
  assert.equal((await ask({ model: 'other' })).status, 503)
  const { calls } = await (await fetch(`${url}/calls`)).json()
  assert.deepEqual(calls[0].messages, QUESTION)
  assert.equal((await post({ failures: [{ kind: 'nonsense' }] }, '/control')).status, 400)
})

test('a reset before or in the middle of an answer breaks the connection', async (t) => {
  const { model, ask } = await start(t)
  model.control({ failures: [{ kind: 'reset' }, { kind: 'reset-midstream' }] })
  await assert.rejects(ask())
  await assert.rejects(async () => (await ask()).text())
})

test('a hanging stream waits until its caller gives up, and is known as unfinished', async (t) => {
  const { model, ask } = await start(t)
  model.control({
    failures: [{ kind: 'hang-before-headers' }, { kind: 'hang-before-first-token' }, { kind: 'hang-midstream' }],
  })
  await assert.rejects(ask({}, { signal: AbortSignal.timeout(60) }))
  for (const words of [0, 1]) {
    const giveUp = new AbortController()
    const response = await ask({}, { signal: giveUp.signal })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let seen = ''
    while (reader && (seen.match(/"content":"[^"]/g)?.length ?? 0) < words) seen += (await reader.read()).value ?? ''
    giveUp.abort()
    await assert.rejects(async () => reader?.read().then(({ value }) => reader.read().then(() => value)))
  }
  await until(() => model.calls().every(({ outcome }) => outcome !== 'running'))
  assert.ok(model.calls().every(({ outcome }) => outcome !== 'answered'))
})

test('malformed chunks and cut streams', async (t) => {
  const { model, ask } = await start(t)
  model.control({ failures: [{ kind: 'malformed' }, { kind: 'cut-midstream' }, { kind: 'error-midstream' }] })
  assert.match(await (await ask()).text(), /"content":"\n\n/)
  assert.doesNotMatch(await (await ask()).text(), /DONE|finish_reason":"stop/)
  assert.match(await (await ask()).text(), /"error":.*server_error/)
})

test('held calls wait until they are let go', async (t) => {
  const { model, ask } = await start(t)
  model.control({ hold: true })
  const answers = Promise.all([ask(), ask()].map(async (response) => (await response).text()))
  await until(() => model.calls().length === 2)
  assert.ok(model.calls().every(({ outcome }) => outcome === 'running'))
  model.control({ hold: false })
  assert.ok((await answers).every((text) => text.includes('[DONE]')))
})

test('a request that is no chat request is refused in words', async (t) => {
  const { post, url } = await start(t)
  const broken = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: '{' })
  assert.equal(broken.status, 400)
  const empty = await post({ model: 'demo', messages: [] })
  assert.equal((await empty.json()).error.type, 'invalid_request_error')
})

test('digests have switches, failures and a list of their own', async (t) => {
  const { model, ask, post, url } = await start(t)
  const lines = [{ n: 1, who: 'person', text: 'Меня зовут Оля' }]
  const messages = [
    { role: 'system', content: 'Answer as {"summary": string, "facts": []}' },
    { role: 'user', content: JSON.stringify({ previousSummary: null, known: [], lines }) },
  ]
  const draw = () => ask({ messages, stream: false })
  const drawn = async () => (await (await draw()).json()).choices[0].message.content
  model.control({ mode: 'echo', text: 'Да.', hold: true, failures: [{ kind: '500' }] })
  assert.deepEqual(JSON.parse(await drawn()).facts, [{ line: 1, text: 'Зовут Оля' }])
  assert.deepEqual([model.control().failures.length, model.calls().length], [1, 0])
  assert.equal((await post({ digest: { text: 'no JSON', failures: [{ kind: '503' }] } }, '/control')).status, 200)
  model.control({ hold: false, failures: [] })
  assert.equal((await ask()).status, 200)
  assert.equal((await draw()).status, 503)
  assert.equal(await drawn(), 'no JSON')
  assert.equal((await (await fetch(`${url}/digests`)).json()).digests.length, 3)
  assert.deepEqual(
    model.digests().map(({ outcome, messages: [, user] }) => [outcome, user?.content]),
    ['answered', 'failed', 'answered'].map((outcome) => [outcome, messages[1]?.content]),
  )
})

test('a held digest waits, and answers do not wait with it', async (t) => {
  const { model, ask } = await start(t)
  const talk = JSON.stringify({ previousSummary: null, known: [], lines: [] })
  const messages = [
    { role: 'system', content: '"summary" "facts"' },
    { role: 'user', content: talk },
  ]
  model.control({ digest: { hold: true } })
  const drawn = ask({ messages })
  await until(() => model.digests().length === 1)
  assert.match(await (await ask()).text(), /DONE/)
  model.control({ text: 'Нет.' })
  assert.equal(model.digests()[0]?.outcome, 'running')
  model.control({ digest: { hold: false } })
  assert.match(await (await drawn).text(), /DONE/)
})
