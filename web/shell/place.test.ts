import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPlace } from './place.ts'

test('only /app and what is below it is the Mini App', () => {
  assert.equal(findPlace('/app').kind, 'mini-app')
  assert.equal(findPlace('/app/companions').kind, 'mini-app')
  assert.equal(findPlace('/apple').kind, 'site')
  assert.equal(findPlace('/').kind, 'site')
})
