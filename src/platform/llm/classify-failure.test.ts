import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choosePause } from './choose-pause.ts'
import { classifyFailure } from './classify-failure.ts'
import { ModelFailure } from './model-failure.ts'
import { readRetryAfter } from './retry-after.ts'

const nowMs = Date.parse('2026-01-01T00:00:00Z')

test('Retry-After is read in seconds, in milliseconds and as a date', () => {
  assert.equal(readRetryAfter({ 'retry-after': '35' }, nowMs), 35_000)
  assert.equal(readRetryAfter({ 'retry-after': '35', 'retry-after-ms': '1500' }, nowMs), 1_500)
  assert.equal(readRetryAfter({ 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }, nowMs), 9_000)
  assert.equal(readRetryAfter({ 'retry-after': 'Thu, 01 Jan 2025 00:00:00 GMT' }, nowMs), 0)
  assert.equal(readRetryAfter({ 'retry-after': 'soon' }, nowMs), undefined)
  assert.equal(readRetryAfter(undefined, nowMs), undefined)
})

test('a request that a filter refused is a refusal, whatever its status', () => {
  const failure = classifyFailure({ statusCode: 400, data: { error: { code: 'content_filter', message: 'words' } } })
  assert.deepEqual([failure.code, failure.status, failure.retryable], ['model_refused', 400, false])
})

test('of a failure only words of the library are kept', () => {
  const cause = Object.assign(new Error('words'), { code: 'ECONNRESET' })
  const failure = classifyFailure(
    Object.assign(new TypeError('private words', { cause }), { requestBodyValues: 'prompt' }),
  )
  assert.deepEqual([failure.code, failure.reason, failure.cause], ['model_unavailable', 'ECONNRESET', undefined])
  assert.equal(classifyFailure({ type: 'private words with spaces' }).reason, 'unknown')
})

test('pauses grow, are spread, and never outlive the time', () => {
  const failure = new ModelFailure('model_unavailable')
  const longest = { hasFallback: false, random: () => 1, remainingMs: 60_000 }
  assert.equal(choosePause(failure, { ...longest, retries: 0 }), 300)
  assert.equal(choosePause(failure, { ...longest, retries: 1 }), 600)
  assert.equal(choosePause(failure, { ...longest, retries: 1, random: () => 0 }), 0)
  assert.equal(choosePause(failure, { ...longest, retries: 2 }), null)
  assert.equal(choosePause(failure, { ...longest, retries: 0, remainingMs: 200 }), null)
})

test('with another model at hand a long Retry-After is not waited for', () => {
  const failure = new ModelFailure('model_rate_limited', { retryAfterMs: 10_000 })
  const situation = { retries: 0, remainingMs: 60_000 }
  assert.equal(choosePause(failure, { ...situation, hasFallback: false }), 10_000)
  assert.equal(choosePause(failure, { ...situation, hasFallback: true }), null)
})
