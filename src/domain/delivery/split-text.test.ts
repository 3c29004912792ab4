import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { splitText } from './split-text.ts'

const ROOM = 40

test('the parts of a text are the whole text, in order, none longer than the room', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const parts = splitText(text, ROOM)
      const kept = parts.map((part) => text.slice(part.start, part.end)).join('')
      assert.equal(kept.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''))
      for (const part of parts) assert.ok(part.end - part.start <= ROOM)
    }),
  )
})

test('a cut never leaves half of a surrogate pair or of a family', () => {
  const family = '👩‍👩‍👧'
  const text = family.repeat(30)
  for (const part of splitText(text, ROOM)) {
    assert.equal((part.end - part.start) % family.length, 0)
  }
})

test('a text is cut after a paragraph rather than inside a sentence', () => {
  const text = `${'а'.repeat(25)}.\n\n${'б'.repeat(30)}`
  const [first] = splitText(text, ROOM)
  assert.equal(text.slice(first?.start, first?.end), `${'а'.repeat(25)}.\n\n`)
})

test('white space that fills a whole part is not sent', () => {
  const parts = splitText(`Привет. ${'\n'.repeat(120)}Пока.`, ROOM)
  assert.ok(parts.length >= 2)
  for (const part of parts) assert.notEqual(`Привет. ${'\n'.repeat(120)}Пока.`.slice(part.start, part.end).trim(), '')
})

test('a text that fits is one part', () => {
  assert.deepEqual(splitText('Привет', ROOM), [{ start: 0, end: 6 }])
})
