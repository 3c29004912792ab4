import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { connectProvider } from './connect-provider.ts'
import { ModelFailure, type ModelFailureCode } from './model-failure.ts'
import type { ModelName } from './model-name.ts'
import type { Dialect } from './provider-dialects.ts'
import { type Play, type ProviderStandIn, plays, startStandIn } from './provider-stand-in.ts'
import { readReply } from './read-reply.ts'

const FIRST_TOKEN_TIMEOUT_MS = 10_000
const SHORT_TIMEOUT_MS = 300
const question = [{ role: 'user' as const, text: 'Hi' }]

/** What it does, what is seen of it, and whether text was shown before. */
const FAULTS: [string, Play, ModelFailureCode, boolean][] = [
  ['an empty answer', plays.reply(), 'model_empty', false],
  ['white space alone', plays.reply(' ', '\n\n', '\t'), 'model_empty', false],
  ['a body of nothing', plays.raw(''), 'model_empty', false],
  ['a refusal', plays.refuse(), 'model_refused', false],
  ['an answer that ends too early', plays.endTooEarly('half '), 'model_malformed', true],
  ['a broken chunk before the text', plays.badChunk(), 'model_malformed', false],
  ['a broken chunk in the text', plays.badChunk('half '), 'model_malformed', true],
  ['JSON of another shape', plays.raw('data: {"hello":[]}\n\n'), 'model_malformed', false],
  ['a web page', plays.raw('<html>', 'text/html'), 'model_malformed', false],
  ['an answer that is not a stream', plays.raw('{"choices":[]}', 'application/json'), 'model_malformed', false],
  ['an error chunk', plays.errorChunk('half '), 'model_rate_limited', true],
  ['429', plays.status(429), 'model_rate_limited', false],
  ['500', plays.status(500), 'model_unavailable', false],
  ['401', plays.status(401), 'model_unavailable', false],
  ['a reset connection', plays.reset(), 'model_unavailable', false],
  ['a reset in the text', plays.reset('half '), 'model_unavailable', true],
  ['silence', plays.neverAnswer(), 'model_timeout', false],
  ['silence after the headers', plays.hang(), 'model_timeout', false],
]

/** What every provider must do with one call: the same plays, written in its dialect, end the same way. */
export function testProviderContract(name: ModelName, dialect: Dialect): void {
  const { provider } = name

  test(`${provider}: a reply arrives delta by delta`, async (t) => {
    const { ask } = await setUp(t, name, dialect)
    assert.deepEqual(await ask(plays.reply('One ', 'two ', '🙂')), { text: 'One two 🙂', deltas: 3, failure: null })
  })

  test(`${provider}: system, talk and output limit reach the model`, async (t) => {
    const { ask, standIn } = await setUp(t, name, dialect)
    await ask(plays.reply('ok'))
    const sent = JSON.stringify(standIn.calls[0]?.body)
    for (const expected of ['Be kind', '"Hi"', name.model, '77', '"stream":true'])
      assert.ok(sent.includes(expected), expected)
  })

  test(`${provider}: a reply cut by the output limit is a reply`, async (t) => {
    const { ask } = await setUp(t, name, dialect)
    assert.equal((await ask(plays.cutByLength('As far as'))).text, 'As far as')
  })

  for (const [what, play, code, shown] of FAULTS) {
    test(`${provider}: ${what} is ${code}`, async (t) => {
      const { ask } = await setUp(t, name, dialect)
      const { failure, text } = await ask(play, code === 'model_timeout' ? SHORT_TIMEOUT_MS : FIRST_TOKEN_TIMEOUT_MS)
      assert.equal(failure?.code, code)
      assert.equal(text !== '', shown)
      assert.doesNotMatch(`${failure?.stack}${failure?.reason}${failure?.cause}`, /private|Be kind/)
    })
  }

  test(`${provider}: whoever stops reading hangs up`, async (t) => {
    const { read, standIn } = await setUp(t, name, dialect)
    standIn.next(plays.hang('first '))
    for await (const delta of read(new AbortController().signal)) {
      assert.equal(delta, 'first ')
      break
    }
    await standIn.calls[0]?.hungUp
  })

  test(`${provider}: the caller's signal hangs up`, async (t) => {
    const { read, standIn } = await setUp(t, name, dialect)
    const stop = new AbortController()
    standIn.next(plays.hang('first '))
    await assert.rejects(async () => {
      for await (const _ of read(stop.signal)) stop.abort()
    })
    await standIn.calls[0]?.hungUp
  })
}

async function setUp(t: TestContext, name: ModelName, dialect: Dialect) {
  const standIn: ProviderStandIn = await startStandIn(t, dialect)
  const connection = connectProvider(name, { baseUrl: standIn.baseUrl, apiKey: 'key', fetch: standIn.fetch })
  const request = { system: 'Be kind', messages: question, maxOutputTokens: 77 }
  const read = (signal: AbortSignal, firstTokenTimeoutMs = FIRST_TOKEN_TIMEOUT_MS) =>
    readReply(connection, { request, signal, firstTokenTimeoutMs })

  async function ask(play: Play, firstTokenTimeoutMs?: number) {
    standIn.next(play)
    let text = ''
    let deltas = 0
    try {
      for await (const delta of read(new AbortController().signal, firstTokenTimeoutMs)) {
        text += delta
        deltas += 1
      }
    } catch (error) {
      assert.ok(error instanceof ModelFailure, String(error))
      return { text, deltas, failure: error }
    }
    return { text, deltas, failure: null }
  }
  return { ask, read, standIn }
}
