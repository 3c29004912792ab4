import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from './random.ts'

const draw = (random = createRandom(7)) => Array.from({ length: 1_000 }, () => random.int(100))

test('a seed repeats itself, and another one is another stream', () => {
  assert.deepEqual(draw(), draw())
  assert.notDeepEqual(draw(), draw(createRandom(8)))
})

test('a fork is told by seed and label alone', () => {
  const [fresh, used] = [createRandom(7), createRandom(7)]
  draw(used)
  assert.deepEqual(draw(fresh.fork(3)), draw(used.fork(3)))
  assert.notDeepEqual(draw(fresh.fork(3)), draw(fresh.fork(4)))
})

test('every value comes, and none outside', () => {
  assert.deepEqual(
    [...new Set(draw())].sort((a, b) => a - b),
    Array.from({ length: 100 }, (_, value) => value),
  )
  assert.deepEqual(createRandom(1).shuffle([1, 2, 3, 4]).sort(), [1, 2, 3, 4])
  assert.throws(() => createRandom(1).pick([]), RangeError)
})
