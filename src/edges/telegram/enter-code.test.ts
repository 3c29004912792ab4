import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCode } from './enter-code.ts'

test('six digits are a code, also with the gaps people type', () => {
  for (const text of ['012345', ' 012345\n', '012 345', '012-345', '0 1 2 3 4 5', '012 - 345']) {
    assert.equal(readCode(text), '012345', text)
  }
})

test('anything else is a message', () => {
  const talk = ['', '12345', '1234567', '12345a', 'code 012345', '012345.', '012,345', '+012345', '012 345 6', '٠١٢٣٤٥']
  for (const text of talk) assert.equal(readCode(text), null, text)
  assert.equal(readCode(`${'1 '.repeat(2_000)}x`), null)
})
