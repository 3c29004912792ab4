import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSettableClock, systemClock } from './index.ts'

test('the settable clock moves only when told to', () => {
  const clock = createSettableClock(new Date('2026-03-01T00:00:00Z'))
  clock.advance(1500)
  assert.equal(clock.now().toISOString(), '2026-03-01T00:00:01.500Z')
  assert.equal(clock.monotonicMs(), 1500)
})

test('a stepped wall clock leaves durations alone', () => {
  const clock = createSettableClock()
  clock.advance(10)
  clock.set(new Date('2020-01-01T00:00:00Z'))
  assert.equal(clock.now().getUTCFullYear(), 2020)
  assert.equal(clock.monotonicMs(), 10)
})

test('the system clock reads both kinds of time', () => {
  const before = systemClock.monotonicMs()
  assert.ok(systemClock.now() instanceof Date)
  assert.ok(systemClock.monotonicMs() >= before)
})
