import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from './api-error.ts'
import { createCache } from './cache.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))
const atOnce = () => Promise.resolve()

test('many who want the same thing ask once', async () => {
  const cache = createCache(atOnce)
  let asked = 0
  const query = { key: 'me', ask: async () => ++asked }
  for (let times = 0; times < 5; times++) cache.want(query)
  await settled()
  cache.want(query)
  assert.deepEqual([asked, cache.of('me').get()], [1, { data: 1, error: null, asking: false }])
})

test('silence is asked again twice, a refusal is not', async () => {
  const cache = createCache(atOnce)
  const tries = { silent: 0, refused: 0 }
  await cache.renew({
    key: 'silent',
    ask: () => Promise.reject(new ApiError({ status: 0, code: `${++tries.silent}` })),
  })
  await cache.renew({
    key: 'refused',
    ask: () => Promise.reject(new ApiError({ status: 404, code: `${++tries.refused}` })),
  })
  assert.deepEqual(tries, { silent: 3, refused: 1 })
})

test('the old answer stays while a new one is asked for, and after a failure', async () => {
  const cache = createCache(atOnce)
  const answers = [async () => 'first', () => Promise.reject(new ApiError({ status: 500, code: 'x' }))]
  const query = { key: 'me', ask: () => (answers.shift() ?? atOnce)() as Promise<string> }
  await cache.renew(query)
  const again = cache.renewAll()
  assert.deepEqual(cache.of('me').get(), { data: 'first', error: null, asking: true })
  await again
  assert.equal(cache.of('me').get().data, 'first')
  assert.ok(cache.of('me').get().error instanceof ApiError)
})

test('a slow old answer does not replace a newer one', async () => {
  const cache = createCache(atOnce)
  let answerOld = (_: string) => {}
  const old = cache.renew({ key: 'me', ask: () => new Promise<string>((resolve) => (answerOld = resolve)) })
  await cache.renew({ key: 'me', ask: async () => 'new' })
  answerOld('old')
  await old
  assert.equal(cache.of('me').get().data, 'new')
})

test('an answer that was asked for before a change does not undo it', async () => {
  const cache = createCache()
  const answers = [Promise.withResolvers<string[]>(), Promise.withResolvers<string[]>()]
  let asked = -1
  const query = {
    key: 'facts',
    ask: () => {
      asked += 1
      return answers[asked]?.promise ?? Promise.reject(new Error('asked too often'))
    },
  }
  cache.set('facts', ['кот'])
  const renewed = cache.renew(query)
  cache.change<string[]>('facts', () => ['пёс'])
  answers[0]?.resolve(['кот'])
  await renewed
  assert.deepEqual(cache.of('facts').get().data, ['пёс'])
  answers[1]?.resolve(['пёс', 'дождь'])
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(cache.of('facts').get().data, ['пёс', 'дождь'])
})
