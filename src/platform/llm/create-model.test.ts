import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createLog } from '#platform/log'
import {
  createModel,
  type LanguageModel,
  ModelConfigurationError,
  ModelFailure,
  type ModelOptions,
  REPLY_MAX_LENGTH,
  ReplyStopped,
} from './index.ts'
import { chatCompletions } from './provider-dialects.ts'
import { type Play, type ProviderStandIn, plays, startStandIn } from './provider-stand-in.ts'

const question = { system: 'private prompt', messages: [{ role: 'user' as const, text: 'private words' }] }

test('a reply streams through, and the demonstration says what it is', async (t) => {
  const { model } = await setUp(t, { model: undefined })
  assert.deepEqual(await collect(model), { text: 'Hello.', failure: null })
  assert.deepEqual([model.name, model.isDemonstration], ['demonstration', true])
})

test('two hiccups before the first delta are not noticed', async (t) => {
  const { model, standIn } = await setUp(t)
  standIn.next(plays.status(503), plays.reset())
  assert.equal((await collect(model)).text, 'Hello.')
  assert.equal(standIn.calls.length, 3)
})

test('a third failure is the end, and nobody is asked a fourth time', async (t) => {
  const { model, standIn } = await setUp(t)
  standIn.next(...repeat(plays.status(500), 4))
  assert.equal((await collect(model)).failure?.code, 'model_unavailable')
  assert.equal(standIn.calls.length, 3)
})

test('after a delta was shown there is neither retry nor fallback', async (t) => {
  const { model, standIn } = await setUp(t, { fallbackModel: 'openai-compatible:other' })
  standIn.next(plays.reset('half '))
  const { text, failure } = await collect(model)
  assert.equal(text, 'half ')
  assert.deepEqual([failure?.code, failure?.shown], ['model_unavailable', true])
  assert.equal(standIn.calls.length, 1)
})

test('Retry-After is waited for when it fits into the time', async (t) => {
  const { model, standIn } = await setUp(t)
  standIn.next(plays.status(429, { 'retry-after': '1' }))
  const startedMs = performance.now()
  assert.equal((await collect(model)).text, 'Hello.')
  assert.ok(performance.now() - startedMs >= 990)
})

test('Retry-After beyond the time fails at once', async (t) => {
  const { model, standIn } = await setUp(t)
  standIn.next(plays.status(429, { 'retry-after': '35' }))
  assert.equal((await collect(model)).failure?.code, 'model_rate_limited')
  assert.equal(standIn.calls.length, 1)
})

test('the fallback model replies when the first does not', async (t) => {
  const { model, standIn } = await setUp(t, { fallbackModel: 'openai-compatible:other' })
  standIn.next(...repeat(plays.status(500), 3))
  assert.equal((await collect(model)).text, 'Hello.')
  assert.deepEqual(modelsAsked(standIn), ['first', 'first', 'first', 'other'])
})

test('a request that will never pass goes to the fallback without a retry', async (t) => {
  const { model, standIn } = await setUp(t, { fallbackModel: 'openai-compatible:other' })
  standIn.next(plays.status(404))
  assert.equal((await collect(model)).text, 'Hello.')
  assert.deepEqual(modelsAsked(standIn), ['first', 'other'])
})

test('silence goes to the fallback after the first-token time', async (t) => {
  const { model, standIn } = await setUp(t, { fallbackModel: 'openai-compatible:other', firstTokenTimeoutMs: 800 })
  standIn.next(plays.neverAnswer())
  assert.equal((await collect(model)).text, 'Hello.')
  assert.deepEqual(modelsAsked(standIn), ['first', 'other'])
})

test('a refusal is final: no other model is asked to say it', async (t) => {
  const { model, standIn } = await setUp(t, { fallbackModel: 'openai-compatible:other' })
  standIn.next(plays.refuse())
  assert.equal((await collect(model)).failure?.code, 'model_refused')
  assert.equal(standIn.calls.length, 1)
})

test('a reply that stalls after its first token ends with the whole time', async (t) => {
  const { model, standIn } = await setUp(t, { timeoutMs: 1000 })
  standIn.next(plays.hang('half '))
  const { failure } = await collect(model)
  assert.deepEqual([failure?.code, failure?.shown], ['model_timeout', true])
  await standIn.calls[0]?.hungUp
})

test('retries end with the whole time', async (t) => {
  const { model, standIn } = await setUp(t, { timeoutMs: 250, firstTokenTimeoutMs: 150 })
  standIn.next(...repeat(plays.neverAnswer(), 5))
  assert.equal((await collect(model)).failure?.code, 'model_timeout')
  assert.ok(standIn.calls.length <= 2)
})

test('a megabyte is cut at the limit, ends well, and the provider is hung up on', async (t) => {
  for (const deltas of [['ab🙂'.repeat(262_144)], Array.from({ length: 20_000 }, () => 'ab🙂'.repeat(13))]) {
    const { model, standIn } = await setUp(t)
    standIn.next((response, dialect) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const delta of deltas) response.write(dialect.delta(delta))
    })
    const { text, failure } = await collect(model)
    assert.equal(failure, null)
    assert.ok(text.length <= REPLY_MAX_LENGTH && text.length > REPLY_MAX_LENGTH - 4)
    assert.ok(text.isWellFormed())
    await standIn.calls[0]?.hungUp
  }
})

test('a stop ends the reply at once and is no failure of the provider', async (t) => {
  const { model, standIn } = await setUp(t)
  for (const play of [...repeat(plays.hang('half '), 12), plays.neverAnswer()]) {
    standIn.next(play)
    const stop = new AbortController()
    const reply = (async () => {
      for await (const _ of model.streamReply({ ...question, maxOutputTokens: 9, signal: stop.signal })) stop.abort()
    })()
    if (standIn.calls.length === 12) setTimeout(() => stop.abort(), 50)
    await assert.rejects(reply, ReplyStopped)
  }
  assert.equal((await collect(model)).text, 'Hello.')
})

test('what is stopped before it begins asks nobody', async (t) => {
  const { model, standIn } = await setUp(t)
  const asked = model.streamReply({ ...question, maxOutputTokens: 9, signal: AbortSignal.abort() })
  await assert.rejects(Array.fromAsync(asked), ReplyStopped)
  assert.equal(standIn.calls.length, 0)
})

test('a stop ends the pause between two tries', async (t) => {
  const { model, standIn } = await setUp(t)
  standIn.next(plays.status(429, { 'retry-after': '4' }))
  const asked = model.streamReply({ ...question, maxOutputTokens: 9, signal: AbortSignal.timeout(200) })
  const startedMs = performance.now()
  await assert.rejects(Array.fromAsync(asked), ReplyStopped)
  assert.ok(performance.now() - startedMs < 3000)
})

test('after ten failed calls in a row the provider is left alone', async (t) => {
  const { model, standIn } = await setUp(t)
  standIn.next(...repeat(plays.status(401), 20))
  for (let call = 0; call < 12; call += 1) assert.equal((await collect(model)).failure?.code, 'model_unavailable')
  assert.equal(standIn.calls.length, 10)
})

test('logs tell what failed and never what was said', async (t) => {
  const { model, standIn, lines } = await setUp(t)
  standIn.next(plays.status(503), plays.errorChunk(), plays.reply('private answer'))
  await collect(model)
  const log = lines.join('')
  assert.match(log, /"status":503.*model\.call_failed/)
  assert.match(log, /model_rate_limited.*model\.call_failed/)
  assert.match(log, /model\.replied/)
  assert.doesNotMatch(log, /private|secret/)
})

test('a wrong setting is named', () => {
  const log = createLog({ level: 'silent' })
  const options = { firstTokenTimeoutMs: 1, timeoutMs: 1, log }
  const wrong: [Partial<ModelOptions>, RegExp][] = [
    [{ model: 'gpt' }, /LLM_MODEL/],
    [{ model: 'nobody:gpt' }, /LLM_MODEL.*openai-compatible/],
    [{ model: 'openai:' }, /LLM_MODEL/],
    [{ model: 'openai-compatible:m' }, /LLM_BASE_URL/],
    [{ model: 'openai-compatible:m', baseUrl: 'ftp://host' }, /LLM_BASE_URL/],
    [{ model: 'anthropic:m' }, /LLM_API_KEY/],
    [{ model: 'openai:m', apiKey: 'k', fallbackModel: 'other' }, /LLM_FALLBACK_MODEL/],
    [{ fallbackModel: 'openai:m', apiKey: 'k', baseUrl: 'http://host' }, /LLM_MODEL/],
  ]
  for (const [given, message] of wrong) {
    assert.throws(
      () => createModel({ model: undefined, ...options, ...given }),
      (error) => error instanceof ModelConfigurationError && message.test(error.message),
    )
  }
})

async function setUp(t: TestContext, options: Partial<ModelOptions> = {}) {
  // Full jitter at its shortest: retries follow at once.
  t.mock.method(Math, 'random', () => 0)
  const standIn = await startStandIn(t, chatCompletions)
  const lines: string[] = []
  const log = createLog({ level: 'debug', destination: { write: (line) => lines.push(line) } })
  const given = { model: 'openai-compatible:first', baseUrl: standIn.baseUrl, apiKey: 'secret', log }
  const model = createModel({ ...given, firstTokenTimeoutMs: 10_000, timeoutMs: 15_000, ...options })
  return { model, standIn, lines }
}

async function collect(model: LanguageModel): Promise<{ text: string; failure: ModelFailure | null }> {
  let text = ''
  try {
    const signal = new AbortController().signal
    for await (const delta of model.streamReply({ ...question, maxOutputTokens: 9, signal })) text += delta
  } catch (error) {
    assert.ok(error instanceof ModelFailure, String(error))
    return { text, failure: error }
  }
  return { text, failure: null }
}

function repeat(play: Play, times: number): Play[] {
  return Array.from({ length: times }, () => play)
}

function modelsAsked(standIn: ProviderStandIn): unknown[] {
  return standIn.calls.map(({ body }) => body.model)
}
