import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { normaliseAddress } from './index.ts'

test('one mailbox has one written form', () => {
  assert.equal(normaliseAddress('  Anna.Petrova+vitte@Example.ORG '), 'anna.petrova+vitte@example.org')
  assert.equal(normaliseAddress('Анна@Пример.рф'), 'анна@пример.рф')
  assert.equal(normaliseAddress('Jose\u0301@example.org'), normaliseAddress('jos\u00e9@example.org'))
})

test('what is no address, or more than one, is refused', () => {
  const refused = [
    '',
    '@',
    'a@',
    '@example.org',
    'a@localhost',
    'a b@example.org',
    'a@exam ple.org',
    'a@example.org,b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org\u0000',
    'a\u0000@example.org',
    '"a b"@example.org',
    'Anna <a@example.org>',
    'a@b@example.org',
    '.a@example.org',
    'a..b@example.org',
    'a.@example.org',
    'a@-example.org',
    'a@example-.org',
    'a@example..org',
    'a@[127.0.0.1]',
    'a@example.org.',
    'a\u200b@example.org',
    'a\u202e@example.org',
    '\ud800@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(250)}.org`,
    'a'.repeat(100_000),
  ]
  for (const address of refused) assert.equal(normaliseAddress(address), null, JSON.stringify(address.slice(0, 60)))
})

test('an accepted address is stable and holds nothing that could end a header', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.emailAddress(),
        fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
        fc.string(),
      ),
      (input) => {
        const address = normaliseAddress(input)
        if (address === null) return
        assert.equal(normaliseAddress(address), address)
        assert.match(address, /^[^\s\p{Cc}\p{Cf}<>,;:"\\()[\]]+$/u)
        assert.equal(address.split('@').length, 2)
      },
    ),
  )
})
