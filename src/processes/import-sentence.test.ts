import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SourceError } from '#domain/legacy'
import { importSentence } from './import-sentence.ts'

function failed(message: string, about: object): Error {
  return Object.assign(new Error(message), about)
}

test('what an operator can mend is a sentence, without a stack', () => {
  const cases: [error: Error, says: RegExp][] = [
    [new SourceError('The old database cannot be read.'), /^The old database cannot be read\.$/],
    [failed('could not extend file', { code: '53100' }), /its disk is full; make room.*\(53100\)\.$/],
    [failed('connect', { code: 'ECONNREFUSED', syscall: 'connect' }), /nothing answers at DATABASE_URL/],
    [failed('password', { code: '28P01' }), /name or the password of DATABASE_URL is wrong/],
    [failed('terminating', { code: '57P01' }), /was lost \(57P01\)\. The same command goes on/],
    [failed('Connection terminated unexpectedly', {}), /was lost .* The same command goes on/],
  ]
  for (const [error, says] of cases) {
    assert.match(importSentence(error), says)
    assert.doesNotMatch(importSentence(error), /\n/)
  }
})

test('what nobody has thought of keeps its stack', () => {
  assert.match(importSentence(new TypeError('x is not a function')), /TypeError: x is not a function\n\s+at /)
})
