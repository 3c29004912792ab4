import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBucket } from './bucket.ts'

// What Telegram takes of one chat (core.telegram.org/api/bots/ai).
const TELEGRAM = [
  { calls: 20, ms: 5_000 },
  { calls: 40, ms: 30_000 },
]
const ROUND_TRIP_MAX_MS = 400
const TEN_MINUTES_MS = 600_000

/** Calls as often as the bucket lets it; gives when each began and when it came to Telegram. */
function callUntil(endMs: number, { bucket = createBucket(), fromMs = 0, seed = 1 } = {}) {
  const calls: { beganMs: number; cameMs: number }[] = []
  let random = seed
  const chance = () => {
    random = (random * 48_271) % 2_147_483_647
    return random / 2_147_483_647
  }
  for (let nowMs = fromMs; nowMs < endMs; nowMs = Math.max(nowMs, bucket.readyMs(nowMs))) {
    const overMs = nowMs + chance() * ROUND_TRIP_MAX_MS
    const end = bucket.begin(nowMs)
    calls.push({ beganMs: nowMs, cameMs: nowMs + chance() * (overMs - nowMs) })
    end(overMs)
    nowMs = overMs
  }
  return calls
}

test('however long a call is under way, Telegram never counts more than it takes', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const times = callUntil(TEN_MINUTES_MS, { seed }).map(({ cameMs }) => cameMs)
    for (const { calls, ms } of TELEGRAM) {
      for (const [index, time] of times.entries()) {
        const next = times[index + calls]
        assert.ok(next === undefined || next - time >= ms, `seed ${seed}: ${calls + 1} calls in less than ${ms} ms`)
      }
    }
  }
})

test('an answer begins fast, goes on about every 800 ms, and never stands still', () => {
  const times = callUntil(TEN_MINUTES_MS).map(({ beganMs }) => beganMs)
  assert.ok((times[3] ?? 0) < 1_600, `${times[3]} ms until the fourth call`)
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  assert.ok(Math.max(...gaps) < 1_500, `${Math.max(...gaps)} ms between two calls`)
  const average = TEN_MINUTES_MS / times.length
  assert.ok(average > 750 && average < 870, `${average} ms on average`)
})

test('after a silence it is fast again', () => {
  const bucket = createBucket()
  callUntil(20_000, { bucket })
  const again = callUntil(62_000, { bucket, fromMs: 60_000 })
  assert.ok(again.length >= 4, `${again.length} calls in two seconds`)
})

test('a call that is still under way counts, and lets no other one through at once', () => {
  const bucket = createBucket()
  assert.equal(bucket.readyMs(1_000), 1_000)
  const end = bucket.begin(1_000)
  assert.equal(bucket.readyMs(1_000), 1_300)
  end(2_000)
  assert.equal(bucket.readyMs(2_000), 2_000)
})
