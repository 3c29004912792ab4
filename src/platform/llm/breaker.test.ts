import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBreaker } from './breaker.ts'

function setUp() {
  let nowMs = 0
  const breaker = createBreaker(() => nowMs)
  const fail = (times: number) => {
    for (let index = 0; index < times; index += 1) breaker.enter()?.failed()
  }
  return { breaker, fail, wait: (ms: number) => (nowMs += ms) }
}

test('ten failures in a row open it, nine and a success do not', () => {
  const { breaker, fail } = setUp()
  fail(9)
  breaker.enter()?.succeeded()
  fail(9)
  assert.notEqual(breaker.enter(), null)
  fail(1)
  assert.equal(breaker.enter(), null)
})

test('after five seconds one call probes, and its success closes', () => {
  const { breaker, fail, wait } = setUp()
  fail(10)
  wait(4_999)
  assert.equal(breaker.enter(), null)
  wait(1)
  const probe = breaker.enter()
  assert.notEqual(probe, null)
  assert.equal(breaker.enter(), null)
  probe?.succeeded()
  assert.equal(breaker.open, false)
  assert.notEqual(breaker.enter(), null)
})

test('a failed probe opens it for another five seconds', () => {
  const { breaker, fail, wait } = setUp()
  fail(10)
  wait(5_000)
  breaker.enter()?.failed()
  assert.equal(breaker.enter(), null)
  wait(5_000)
  assert.notEqual(breaker.enter(), null)
})

test('a probe that its caller gave up leaves room for the next', () => {
  const { breaker, fail, wait } = setUp()
  fail(10)
  wait(5_000)
  breaker.enter()?.release()
  assert.notEqual(breaker.enter(), null)
})
