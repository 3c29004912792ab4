import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRamp } from './ramp.ts'

/** A ramp whose time and load are set by hand. */
function openRamp(sparesLoop = true) {
  let [nowMs, share] = [0, 0]
  const ramp = createRamp({ concurrency: 100, sparesLoop, nowMs: () => nowMs, busyShare: () => share })
  return {
    ...ramp,
    after(ms: number, load: number) {
      nowMs += ms
      share = load
      return ramp.bearable()
    },
  }
}

test('one more for each that is finished, and as many as there may be for who is new no more', () => {
  const { after, finished, bearable } = openRamp()
  assert.equal(bearable(), 8)
  assert.equal(after(14_000, 0), 8)
  for (let count = 0; count < 5; count += 1) finished()
  assert.equal(bearable(), 13)
  assert.equal(after(3_000, 0), 13 + 2 * 8)
  assert.equal(after(60_000, 0), 100)
})

test('while the loop is busy it goes down step by step, never below the first, and comes back', () => {
  const { after, finished } = openRamp()
  assert.equal(after(60_000, 0), 100)
  assert.equal(after(1_000, 0.95), 75)
  finished()
  assert.equal(after(1_000, 0.95), 56)
  for (let looks = 0; looks < 20; looks += 1) after(1_000, 1)
  assert.equal(after(1_000, 1), 8)
  assert.equal(after(1_000, 0.5), 16)
})

test('the load of a moment does not count, and none does where the loop is not spared', () => {
  const spared = openRamp()
  spared.after(60_000, 0)
  assert.equal(spared.after(100, 1), 100)
  const careless = openRamp(false)
  careless.after(60_000, 0)
  assert.equal(careless.after(1_000, 1), 100)
})
