import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Purpose, SendOutcome } from './channel.ts'
import { retryDelayMs } from './retry-delay.ts'
import { expired, interrupted, settleOutcome } from './settle-outcome.ts'

const HOUR_MS = 3_600_000
const policy = { maxAttempts: 8, backoffBaseMs: 1000, backoffMaxMs: 300_000 }
const fresh = { attempts: 0, leaseAttempts: 1, ambiguous: 0, ageMs: 0 }
const WAITED_FOR: Purpose[] = ['reply', 'notice', 'opening']

function settle(purpose: Purpose, outcome: SendOutcome, told: Partial<typeof fresh> = {}) {
  const at = { ...fresh, ...told }
  return settleOutcome({ purpose, ...at }, outcome, { ...at, policy })
}

const sent = { kind: 'sent', externalId: '7' } as const
const wordless = { kind: 'sent', externalId: null } as const
const gateway = { kind: 'retry', error: '502' } as const
const flood = { kind: 'retry', afterMs: 35_000, error: '429', waiting: true } as const
const refused = { kind: 'refused', error: '400' } as const
const blocked = { kind: 'unreachable', error: '403', reachability: 'blocked' } as const
const silence = { kind: 'unknown', error: '500' } as const

for (const purpose of [...WAITED_FOR, 'proactive'] as const) {
  test(`${purpose}: what has come is sent, with or without the messenger's word which message it became`, () => {
    assert.deepEqual([settle(purpose, sent).state, settle(purpose, sent).externalId], ['sent', '7'])
    assert.deepEqual([settle(purpose, wordless).state, settle(purpose, wordless).dueInMs], ['sent', null])
  })

  test(`${purpose}: a refusal and a closed chat are final at once`, () => {
    for (const outcome of [refused, blocked]) {
      const { state, dueInMs, error } = settle(purpose, outcome)
      assert.deepEqual([state, dueInMs, error], ['failed', null, outcome.error])
    }
  })

  test(`${purpose}: a flood wait is obeyed exactly and spends no attempt, however many were spent`, () => {
    const { state, spent, dueInMs } = settle(purpose, flood, { attempts: 7, leaseAttempts: 40 })
    assert.deepEqual([state, spent, dueInMs], ['pending', false, 35_000])
  })

  test(`${purpose}: a transient failure is tried again until the attempts are spent`, () => {
    assert.deepEqual(
      [settle(purpose, gateway, { attempts: 6 }).state, settle(purpose, gateway).spent],
      ['pending', true],
    )
    const last = settle(purpose, gateway, { attempts: 7 })
    assert.deepEqual([last.state, last.dueInMs], ['failed', null])
  })
}

for (const purpose of WAITED_FOR) {
  test(`${purpose}: what may have arrived is tried once more, then it is unknown`, () => {
    const first = settle(purpose, silence)
    assert.ok(first.state === 'pending' && first.dueInMs !== null && first.dueInMs <= policy.backoffBaseMs)
    const second = settle(purpose, silence, { ambiguous: 1 })
    assert.deepEqual([second.state, second.dueInMs], ['unknown', null])
  })

  test(`${purpose}: it is given up after three days`, () => {
    for (const outcome of [gateway, flood]) {
      assert.equal(settle(purpose, outcome, { ageMs: 71 * HOUR_MS }).state, 'pending')
      assert.equal(settle(purpose, outcome, { ageMs: 73 * HOUR_MS }).state, 'failed')
    }
  })
}

test('what nobody asked for is never sent again once it may have arrived, and is stale after two hours', () => {
  assert.deepEqual([settle('proactive', silence).state, settle('proactive', silence).dueInMs], ['unknown', null])
  assert.equal(settle('proactive', flood, { ageMs: 1 * HOUR_MS }).state, 'pending')
  assert.equal(settle('proactive', flood, { ageMs: 3 * HOUR_MS }).state, 'failed')
})

test('what is over its deadline fails like a spent retry; what may have come unasked stays unknown', () => {
  const { outcome, settlement } = expired({ purpose: 'reply', state: 'sending' })
  assert.deepEqual([outcome.kind, settlement.state, settlement.spent], ['retry', 'failed', false])
  assert.equal(expired({ purpose: 'proactive', state: 'pending' }).settlement.state, 'failed')
  assert.equal(expired({ purpose: 'proactive', state: 'sending' }).settlement.state, 'unknown')
  assert.deepEqual([interrupted().outcome.kind, interrupted().settlement.state], ['unknown', 'unknown'])
})

test('the wait grows, never passes its cap, and is random from zero on', () => {
  const wait = (attempts: number, random: number) => retryDelayMs(attempts, policy, undefined, () => random)
  assert.deepEqual([wait(1, 1), wait(4, 1), wait(30, 1), wait(30, 0)], [1000, 8000, 300_000, 0])
})
