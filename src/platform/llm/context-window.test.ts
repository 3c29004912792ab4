import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contextTokensOf } from './context-window.ts'

test('a known family has its window, with or without its maker in front', () => {
  const of = (model: string) => contextTokensOf({ provider: 'openai-compatible', model })
  assert.equal(of('gpt-4o-mini'), 128_000)
  assert.equal(of('gpt-4'), 8_192)
  assert.equal(of('anthropic/claude-sonnet-4'), 200_000)
  assert.equal(of('Qwen/Qwen2.5-7B-Instruct'), 32_000)
})

test('an unknown model is given no more than every usual one can take', () => {
  assert.equal(contextTokensOf({ provider: 'openai-compatible', model: 'our-own-7b' }), 8_192)
})
