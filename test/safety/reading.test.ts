import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { claimsHuman, readRisks } from '../../src/domain/safety/index.ts'
import { readSamples } from './corpus.ts'

const RUNS = 400
const TEXTS = ['ru', 'en'].flatMap((language) =>
  [...readSamples(`corpus.${language}.txt`), ...readSamples(`near.${language}.txt`)].map(({ text }) => text),
)
const INVISIBLE = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\ufe0f']

const findings = (text: string) => [...readRisks(text), claimsHuman(text)].map(String).toSorted()

test('reading never throws, whatever is written', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(..."я хочу.*?'@1-́️\ud83d\n"), maxLength: 300 }),
  )
  fc.assert(
    fc.property(anything, (text) => void findings(text)),
    { numRuns: RUNS },
  )
})

test('invisible signs within words change nothing', () => {
  const hidden = fc
    .tuple(fc.constantFrom(...TEXTS), fc.array(fc.tuple(fc.nat(), fc.constantFrom(...INVISIBLE)), { maxLength: 8 }))
    .map(([text, inserted]) => [text, inserted.reduce(insert, text)] as const)
  fc.assert(
    fc.property(hidden, ([text, changed]) => assert.deepEqual(findings(changed), findings(text), changed)),
    { numRuns: RUNS },
  )
})

test('capitals, and е for ё, change nothing', () => {
  for (const text of TEXTS) {
    assert.deepEqual(findings(text.toUpperCase()), findings(text), text)
    assert.deepEqual(findings(text.replaceAll('ё', 'е')), findings(text), text)
    assert.deepEqual(findings(text.normalize('NFD')), findings(text), text)
  }
})

/** Puts the sign somewhere between two whole letters. */
function insert(text: string, [at, sign]: readonly [number, string]): string {
  const letters = [...text]
  return letters.toSpliced(at % (letters.length + 1), 0, sign).join('')
}
