import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quoteLine } from './quote-line.ts'

test('a short line stays as it is, on one line', () => {
  assert.equal(quoteLine('Да.'), 'Да.')
  assert.equal(quoteLine('  первая\r\n\n вторая\tтретья '), 'первая вторая третья')
  assert.equal(quoteLine('а'.repeat(160)), 'а'.repeat(160))
})

test('a long one ends at a word, without the comma before the dots', () => {
  const quoted = quoteLine(`${'слово, '.repeat(40)}`)
  assert.match(quoted, /слово…$/)
  assert.ok(quoted.length <= 160 && quoted.length > 140, String(quoted.length))
  assert.equal(quoteLine(`${'а'.repeat(159)} и ещё`), `${'а'.repeat(159)}…`)
})

test('where there is no word to end at, no character is cut in two', () => {
  for (const before of ['', 'а']) {
    const quoted = quoteLine(before + '🙂'.repeat(200))
    assert.ok(quoted.isWellFormed())
    assert.ok(quoted.length <= 160 && quoted.endsWith('🙂…'))
  }
})
