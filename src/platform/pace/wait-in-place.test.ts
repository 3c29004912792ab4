import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pace } from './pace.ts'
import { waitInPlace } from './wait-in-place.ts'

/** A pace that answers with these waits, one after the other; `left` are those nobody asked for. */
function answering(...left: number[]): { pace: Pace; left: number[] } {
  return { pace: waitInPlace({ take: async () => left.shift() ?? 0 }), left }
}

test('a place that comes soon is waited for, one that does not is told', async () => {
  assert.equal(await answering(0).pace.take('a', 'first'), 0)
  assert.equal(await answering(20, 10, 0).pace.take('a', 'first'), 0)
  const far = answering(900, 0)
  assert.equal(await far.pace.take('a', 'first'), 900)
  assert.deepEqual(far.left, [0])
})

test('short waits in a row are not waited for without end', async () => {
  const { pace, left } = answering(100, 100, 100, 100, 0)
  assert.equal(await pace.take('a', 'first'), 300)
  assert.deepEqual(left, [0])
})

test('of many who wait for a place a few wait here, the others come back', async () => {
  let asked = 0
  const pace = waitInPlace({
    take: async () => {
      asked += 1
      return asked > 50 ? 0 : 60
    },
  })
  const waits = await Promise.all(Array.from({ length: 50 }, () => pace.take('a', 'first')))
  assert.equal(waits.filter((waitMs) => waitMs === 0).length, 8)
  assert.equal(waits.filter((waitMs) => waitMs === 300).length, 42)
})
