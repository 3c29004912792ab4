import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retryDelayMs } from './retry-delay.ts'
import { settleOutcome } from './settle-outcome.ts'

const policy = { maxAttempts: 8, backoffBaseMs: 1000, backoffMaxMs: 300_000 }
const fresh = { attempts: 0, leaseAttempts: 1, ageMs: 0 }
const given = { ambiguous: 0, policy }

test('a flood wait is obeyed exactly and spends no attempt', () => {
  const settled = settleOutcome(fresh, { kind: 'retry', afterMs: 35_000, error: '429', waiting: true }, given)
  assert.deepEqual([settled.state, settled.spent, settled.dueInMs], ['pending', false, 35_000])
})

test('a transient failure is tried again until the attempts are spent', () => {
  const error = { kind: 'retry', error: '502' } as const
  assert.equal(settleOutcome({ ...fresh, attempts: 6 }, error, given).state, 'pending')
  assert.equal(settleOutcome({ ...fresh, attempts: 7 }, error, given).state, 'failed')
})

test('a send that may have arrived is tried once more, then it is unknown', () => {
  const error = { kind: 'unknown', error: '500' } as const
  assert.equal(settleOutcome(fresh, error, given).state, 'pending')
  assert.equal(settleOutcome(fresh, error, { ...given, ambiguous: 1 }).state, 'unknown')
})

test('a refusal and an unreachable person are final at once', () => {
  assert.equal(settleOutcome(fresh, { kind: 'refused', error: '400' }, given).state, 'failed')
  assert.equal(
    settleOutcome(fresh, { kind: 'unreachable', error: '403', reachability: 'blocked' }, given).state,
    'failed',
  )
})

test('a delivery that waited for three days is given up', () => {
  const old = { ...fresh, ageMs: 73 * 3_600_000 }
  assert.equal(settleOutcome(old, { kind: 'retry', error: 'refused', waiting: true }, given).state, 'failed')
})

test('the wait grows, never passes its cap, and is random from zero on', () => {
  assert.equal(
    retryDelayMs(1, policy, undefined, () => 1),
    1000,
  )
  assert.equal(
    retryDelayMs(4, policy, undefined, () => 1),
    8000,
  )
  assert.equal(
    retryDelayMs(30, policy, undefined, () => 1),
    300_000,
  )
  assert.equal(
    retryDelayMs(30, policy, undefined, () => 0),
    0,
  )
})
