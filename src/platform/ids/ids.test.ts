import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, randomToken } from './index.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('ids are version 7, unique, and sort in the order in which they were made', () => {
  const ids = Array.from({ length: 50_000 }, newId)
  assert.ok(ids.every((id) => UUID_V7.test(id)))
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(ids, ids.toSorted())
})

test('ids keep rising when the wall clock steps back', (t) => {
  const before = newId()
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() - 600_000 })
  const after = newId()
  assert.ok(after > before, `${after} after ${before}`)
})

test('an id carries the millisecond in which it was made', () => {
  const startMs = Date.now()
  const madeMs = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16)
  // A burst just before may have borrowed milliseconds from the future.
  assert.ok(madeMs >= startMs && madeMs < startMs + 1000, `${madeMs - startMs}`)
})

test('a token is base64url of the wanted size and never short', () => {
  assert.match(randomToken(32), /^[A-Za-z0-9_-]{43}$/)
  assert.notEqual(randomToken(16), randomToken(16))
  assert.throws(() => randomToken(8), RangeError)
})
