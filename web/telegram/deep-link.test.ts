import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deepLink } from './deep-link.ts'

test('a start word opens a companion and nothing else', () => {
  assert.equal(deepLink('persona_arina'), '/characters/arina')
  assert.equal(deepLink('persona_Gone_1'), '/characters/Gone_1')
  assert.equal(deepLink('companions'), '/characters')
  for (const word of [null, '', 'persona_', 'persona_../x', 'persona_a/b', 'https://evil.example', 'link_abc'])
    assert.equal(deepLink(word), null)
})
