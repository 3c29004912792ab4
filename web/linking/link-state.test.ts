import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Me } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import { isDone, isJoined, stateAfter } from './link-state.ts'

const failure = (status: number, code: string) => new ApiError({ status, code })

test('a link that can never work again is told apart from a server that did not answer', () => {
  assert.deepEqual(stateAfter(failure(410, 'expired')), { at: 'dead', code: 'expired' })
  assert.deepEqual(stateAfter(failure(404, 'not_found')), { at: 'dead', code: 'not_found' })
  assert.deepEqual(stateAfter(failure(409, 'web_already_linked')), { at: 'dead', code: 'web_already_linked' })
  for (const error of [failure(0, 'unreachable'), failure(429, 'rate_limited'), failure(500, 'internal'), new Error()])
    assert.equal(stateAfter(error).at, 'failed')
})

test('an old sign-in is asked for a proof, and the link lives on', () => {
  assert.deepEqual(stateAfter(failure(403, 'not_fresh')), { at: 'proof' })
})

test('a link to the Telegram that somebody has already leaves nothing to do', () => {
  const having = (...channels: string[]) => ({ identities: channels.map((channel) => ({ channel })) }) as Me
  assert.ok(isDone('telegram_already_linked', having('telegram')))
  assert.ok(!isDone('telegram_already_linked', having('web')))
  assert.ok(isDone('used', having('telegram', 'web')))
  assert.ok(!isDone('used', having('telegram')))
  assert.ok(!isDone('web_already_linked', having('telegram', 'web')))
})

test('joined is who has both sides', () => {
  const having = (...channels: string[]) => ({ identities: channels.map((channel) => ({ channel })) }) as Me
  assert.ok(isJoined(having('telegram', 'web')))
  assert.ok(!isJoined(having('telegram')))
  assert.ok(!isJoined(having('web', 'web')))
})
