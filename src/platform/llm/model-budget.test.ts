import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createLog } from '#platform/log'
import { createModel, type ModelBudget, ModelFailure, type ModelOptions, type TokenUse, tokensAtMost } from './index.ts'
import { chatCompletions } from './provider-dialects.ts'
import { plays, startStandIn } from './provider-stand-in.ts'

const OUTPUT_MAX = 40
const question = { system: 'Be kind', messages: [{ role: 'user' as const, text: 'Hi' }], maxOutputTokens: OUTPUT_MAX }

/** A purse that holds and settles in memory, as the one of the database does. */
function purseOf(tokens: number) {
  const purse = { left: tokens, held: 0, settled: [] as TokenUse[], budget: undefined as unknown as ModelBudget }
  const take = (wanted: number) => {
    if (wanted > purse.left) return false
    purse.left -= wanted
    purse.held += wanted
    return true
  }
  purse.budget = {
    async hold({ input, output }) {
      let mine = input + output
      if (!take(mine)) return null
      return {
        async extend(more) {
          const fits = take(more)
          if (fits) mine += more
          return fits
        },
        async settle(use) {
          purse.settled.push(use)
          purse.left += mine - use.input - use.output
          purse.held -= mine
        },
      }
    },
  }
  return purse
}

async function setUp(t: TestContext, tokens: number, options: Partial<ModelOptions> = {}) {
  t.mock.method(Math, 'random', () => 0)
  const standIn = await startStandIn(t, chatCompletions)
  const purse = purseOf(tokens)
  const given = { model: 'openai-compatible:first', baseUrl: standIn.baseUrl, log: createLog({ level: 'silent' }) }
  const model = createModel({
    ...given,
    firstTokenTimeoutMs: 10_000,
    timeoutMs: 15_000,
    budget: purse.budget,
    ...options,
  })
  const used: TokenUse[] = []
  async function ask(signal = new AbortController().signal): Promise<{ text: string; code: string | null }> {
    let text = ''
    try {
      for await (const delta of model.streamReply({ ...question, signal, onUse: (use) => used.push(use) }))
        text += delta
    } catch (error) {
      return { text, code: error instanceof ModelFailure ? error.code : String(error) }
    }
    return { text, code: null }
  }
  return { ask, standIn, purse, used, model }
}

test('what a call may take is held before it, and what it took is settled and told after it', async (t) => {
  const { ask, standIn, purse, used } = await setUp(t, 1_000)
  standIn.next((response, dialect) => {
    assert.ok(purse.held > OUTPUT_MAX, 'held before the provider hears of it')
    plays.reply('One ', 'two')(response, dialect)
  })
  assert.equal((await ask()).text, 'One two')
  assert.equal(purse.held, 0)
  assert.deepEqual(purse.settled, used)
  const [use] = used
  assert.ok(use && use.output === tokensAtMost('One ') + tokensAtMost('two') && use.input > 0, JSON.stringify(use))
})

test('what the provider says it took counts, and not our guess', async (t) => {
  const { ask, standIn, purse } = await setUp(t, 1_000)
  const usage = { prompt_tokens: 17, completion_tokens: 5, total_tokens: 22 }
  standIn.next((response, dialect) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const last = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [], usage })}\n\n`
    response.end(dialect.delta('One') + dialect.finish('stop').replace('data: [DONE]', `${last}data: [DONE]`))
  })
  await ask()
  assert.deepEqual(purse.settled, [{ input: 17, output: 5 }])
  assert.equal(purse.left, 1_000 - 22)
})

test('where there is no room nobody is asked, neither the model nor the other one', async (t) => {
  const { ask, standIn } = await setUp(t, OUTPUT_MAX, { fallbackModel: 'openai-compatible:other' })
  for (let times = 0; times < 12; times += 1) assert.deepEqual(await ask(), { text: '', code: 'service_resting' })
  assert.equal(standIn.calls.length, 0)
})

test('a day that rests says nothing about the provider: with room again it is asked at once', async (t) => {
  const { ask, purse } = await setUp(t, 0)
  for (let times = 0; times < 12; times += 1) await ask()
  purse.left = 1_000
  assert.equal((await ask()).text, 'Hello.')
})

test('each retry and the other model are held for by themselves; a call that was turned away took nothing', async (t) => {
  const { ask, standIn, purse } = await setUp(t, 1_000, { fallbackModel: 'openai-compatible:other' })
  standIn.next(plays.status(503), plays.reset(), plays.status(500))
  assert.equal((await ask()).text, 'Hello.')
  assert.equal(standIn.calls.length, 4)
  assert.deepEqual(purse.settled.slice(0, 3), Array(3).fill({ input: 0, output: 0 }))
  assert.equal(purse.settled.length, 4)
  assert.equal(purse.held, 0)
})

test('what broke off, was empty or hung has been paid for as far as it came', async (t) => {
  const { ask, standIn, purse } = await setUp(t, 1_000, { firstTokenTimeoutMs: 200 })
  const silent = plays.neverAnswer()
  standIn.next(plays.reset('half '), silent, silent, silent)
  assert.equal((await ask()).text, 'half ')
  await ask()
  const [broken, ...hung] = purse.settled
  assert.ok(broken && broken.input > 0 && broken.output === tokensAtMost('half '))
  assert.ok(hung.length > 0 && hung.every(({ input, output }) => input > 0 && output === 0))
  assert.equal(purse.held, 0)
})

test('a reply that is stopped is settled too', async (t) => {
  const { ask, standIn, purse, model } = await setUp(t, 1_000)
  standIn.next(plays.hang('half '), plays.hang('half '))
  await ask(AbortSignal.timeout(300))
  for await (const _ of model.streamReply({ ...question, signal: new AbortController().signal })) break
  assert.deepEqual([purse.settled.length, purse.held], [2, 0])
})

test('an answer that does not heed its limit holds more, and ends where there is no room for more', async (t) => {
  const { ask, standIn, purse } = await setUp(t, 400)
  const words = Array.from({ length: 5_000 }, (_, index) => `${index} `)
  standIn.next(plays.reply(...words))
  const { text, code } = await ask()
  assert.equal(code, null, 'what was said is the reply')
  assert.ok(tokensAtMost(text) > 2 * OUTPUT_MAX && text.length < 1_500, `${text.length} characters`)
  await standIn.calls[0]?.hungUp
  assert.ok(purse.left > -10 && purse.left < OUTPUT_MAX * 3, `${purse.left} left of 400`)
  assert.equal(purse.held, 0)
})

test('emoji and other scripts are never counted as less than they take', () => {
  assert.equal(tokensAtMost('а'.repeat(220)), 100)
  assert.equal(tokensAtMost('🙂'.repeat(100)), 200)
  assert.equal(tokensAtMost('愛'.repeat(100)), 100)
})
