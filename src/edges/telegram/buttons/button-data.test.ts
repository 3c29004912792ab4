import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createVault } from '#platform/vault'
import { openButton, sealButton, VERBS } from './button-data.ts'

const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
const PERSON = '4503599627370495'
const ID = '0192f0c4-7a3e-7c11-9d2f-5b6a7c8d9e0f'

test('what was put in comes out again, colons and all, and fits into 64 bytes', () => {
  for (const verb of VERBS) {
    for (const argument of ['', ID, '22:00-09:00', 'America/Argentina/ComodRivadavia', '7']) {
      const data = sealButton(vault, PERSON, verb, argument)
      assert.ok(Buffer.byteLength(data) <= 64, data)
      assert.deepEqual(openButton(vault, PERSON, data), { verb, argument })
    }
  }
})

test('a button of one person is nobody else’s', () => {
  const data = sealButton(vault, PERSON, 'restart', ID)
  assert.equal(openButton(vault, '4503599627370494', data), null)
  assert.equal(openButton(createVault({ masterKey: Buffer.alloc(32, 8) }), PERSON, data), null)
})

test('any changed character is found out', () => {
  const data = sealButton(vault, PERSON, 'restart', ID)
  for (let index = 0; index < data.length - 1; index += 1) {
    const changed = `${data.slice(0, index)}${data[index] === 'x' ? 'y' : 'x'}${data.slice(index + 1)}`
    assert.equal(openButton(vault, PERSON, changed), null, changed)
  }
})

test('data of an earlier make, of another kind, or of nonsense opens to nothing', () => {
  const unknown = sealButton(vault, PERSON, 'show', 'x').replace(/^show/, 'shoe')
  for (const data of [
    '',
    ':',
    '::',
    'adult',
    `retry:${ID}`,
    'a'.repeat(64),
    'restart::AAAAAAAAAAA',
    unknown,
    '🙂:🙂:🙂',
  ]) {
    assert.equal(openButton(vault, PERSON, data), null, data)
  }
})

test('what does not fit is refused before anybody sees it', () => {
  assert.throws(() => sealButton(vault, PERSON, 'continue', 'x'.repeat(50)), RangeError)
})
