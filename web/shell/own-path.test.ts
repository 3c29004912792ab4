import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOwnPath } from './own-path.ts'

test('an address from outside leads only to our own pages', () => {
  for (const path of ['/', '/characters/arina', '/characters?from=bot']) assert.ok(isOwnPath(path), path)
  for (const path of ['', '//evil.example', '/\\evil.example', 'https://evil.example', '/a\\b', '/ x', '/sign-in']) {
    assert.ok(!isOwnPath(path), path)
  }
})
