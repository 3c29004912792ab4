import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSettableClock } from '#platform/clock'
import { createLocalPace } from './create-local-pace.ts'
import { KEY_BURST_TIMES, KEY_INTERVAL_MS, type Precedence } from './pace.ts'
import { paceContract } from './pace-contract.ts'

const PER_SECOND = 30
const BUSY_KEYS = 3
const INTERVAL_MS = 1_000 / PER_SECOND
/** Sums of fractions of a millisecond. */
const ROUNDING_MS = 1e-6

paceContract('in one process', async (perSecond) => {
  const clock = createSettableClock()
  const pace = createLocalPace({ clock, perSecond })
  return { here: pace, there: pace, pass: async (ms) => clock.advance(ms), nowMs: () => clock.monotonicMs() }
})

test('however many ask whenever for whatever chat, no second sees more than two above the rate, and no chat more than its own', async () => {
  const ask = fc.record({
    afterMs: fc.oneof(
      { weight: 60, arbitrary: fc.integer({ min: 0, max: 12 }) },
      { weight: 1, arbitrary: fc.nat(3_000) },
    ),
    key: fc.oneof(fc.integer({ min: 1, max: BUSY_KEYS }), fc.integer({ min: BUSY_KEYS + 1, max: 1_000 })),
    precedence: fc.constantFrom<Precedence>('first', 'first', 'first', 'later'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(ask, { minLength: 50, maxLength: 400, size: 'max' }), async (asks) => {
      const clock = createSettableClock()
      const pace = createLocalPace({ clock, perSecond: PER_SECOND })
      const taken: { atMs: number; key: number }[] = []
      for (const { afterMs, key, precedence } of asks) {
        clock.advance(afterMs)
        if ((await pace.take(String(key), precedence)) === 0) taken.push({ atMs: clock.monotonicMs(), key })
      }
      assertSpaced(taken, PER_SECOND + 2)
      for (let key = 1; key <= BUSY_KEYS; key += 1)
        assertSpaced(
          taken.filter((each) => each.key === key),
          KEY_BURST_TIMES + 1,
        )
    }),
    { endOnFailure: true },
  )
})

/** No second, both of its ends included, holds more than `most`. */
function assertSpaced(taken: { atMs: number }[], most: number): void {
  for (const [index, { atMs }] of taken.entries()) {
    const beyond = taken[index + most]
    if (beyond) assert.ok(beyond.atMs - atMs > 1_000 - ROUNDING_MS, `${most + 1} within ${beyond.atMs - atMs} ms`)
  }
}

test('while a flood of others goes later, who goes first waits for those before them who go first, and for nobody else', async () => {
  const arrivals = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 50, size: 'max' })
  await fc.assert(
    fc.asyncProperty(arrivals, async (arrivedMs) => {
      const clock = createSettableClock()
      const pace = createLocalPace({ clock, perSecond: PER_SECOND })
      const waiting = [...arrivedMs].sort((a, b) => a - b)
      let nextMs = 0
      for (let chat = 0; waiting.length > 0; chat += 1) {
        // The flood asks before everybody else in every millisecond.
        await pace.take(`flood ${chat}`, 'later')
        for (let [head] = waiting; head !== undefined && head <= clock.monotonicMs(); [head] = waiting) {
          const turnMs = Math.max(nextMs, head) + INTERVAL_MS
          assert.ok(clock.monotonicMs() <= turnMs + 1, `waited ${clock.monotonicMs() - head} ms`)
          if ((await pace.take(`reply ${waiting.length}`, 'first')) > 0) break
          nextMs = turnMs
          waiting.shift()
        }
        clock.advance(1)
      }
    }),
    { numRuns: 30, endOnFailure: true },
  )
})

test('a flood that goes later still has the whole pace when nobody goes first', async () => {
  const clock = createSettableClock()
  const pace = createLocalPace({ clock, perSecond: PER_SECOND })
  let taken = 0
  for (let chat = 0; clock.monotonicMs() < 10_000; chat += 1) {
    const waitMs = await pace.take(`flood ${chat}`, 'later')
    if (waitMs === 0) taken += 1
    clock.advance(waitMs)
  }
  assert.ok(taken >= PER_SECOND * 10 - 5, `${taken} in ten seconds`)
})

test('a key that rested is as new, after any number of others', async () => {
  const clock = createSettableClock()
  const pace = createLocalPace({ clock, perSecond: 1_000_000 })
  for (let round = 0; round < 1_000; round += 1) {
    assert.equal(await pace.take('a', 'first'), 0)
    for (let chat = 0; chat < 5; chat += 1) await pace.take(`${round} ${chat}`, 'first')
    clock.advance(KEY_INTERVAL_MS)
  }
})
