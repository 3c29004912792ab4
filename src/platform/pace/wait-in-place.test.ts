import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pace } from './pace.ts'
import { waitInPlace } from './wait-in-place.ts'

/** A pace that answers with these waits, one after the other; `left` are those nobody asked for. */
function answering(...left: number[]): { pace: Pace; left: number[] } {
  return { pace: waitInPlace({ everyMs: 1, take: async () => left.shift() ?? 0 }), left }
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

test('of many who wait for a place a few wait here, the others come back one by one', async () => {
  let asked = 0
  const take = async () => {
    asked += 1
    return asked > 50 ? 0 : 60
  }
  const pace = waitInPlace({ everyMs: 40, take }, { monotonicMs: () => 1_000 })
  const waits = await Promise.all(Array.from({ length: 50 }, () => pace.take('a', 'first')))
  const told = waits.filter((waitMs) => waitMs > 0)
  assert.equal(told.length, 42)
  assert.deepEqual(
    told,
    told.map((_, place) => 300 + place * 40),
  )
})

test('however many go later, those who go first find room to wait here', async () => {
  let free = false
  const pace = waitInPlace({ everyMs: 1, take: async () => (free ? 0 : 20) })
  const later = Array.from({ length: 20 }, () => pace.take('a', 'later'))
  const first = Array.from({ length: 8 }, () => pace.take('b', 'first'))
  free = true
  assert.deepEqual(await Promise.all(first), Array(8).fill(0))
  assert.equal((await Promise.all(later)).filter((waitMs) => waitMs === 0).length, 4)
})

test('nobody is sent away for long, however many were before them', async () => {
  const pace = waitInPlace({ everyMs: 1_000, take: async () => 60 }, { monotonicMs: () => 1_000 })
  const waits = await Promise.all(Array.from({ length: 100 }, () => pace.take('a', 'first')))
  assert.ok(Math.max(...waits) <= 30_000, `${Math.max(...waits)} ms`)
})
