import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guardStorage } from './guarded-storage.ts'

test('a storage that throws on access is replaced by memory', () => {
  const kept = guardStorage(() => {
    throw new Error('SecurityError')
  })
  kept.set('draft', 'вечер')
  assert.equal(kept.get('draft'), 'вечер')
  kept.remove('draft')
  assert.equal(kept.get('draft'), null)
})
