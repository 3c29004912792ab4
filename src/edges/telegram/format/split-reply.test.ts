import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { onWholeCharacters } from './entities-for-test.ts'
import { FAMILY, markdown } from './markdown-for-test.ts'
import { renderPart } from './render-part.ts'
import { splitReply } from './split-reply.ts'

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const maxLength = fc.integer({ min: 40, max: 200 })

test('no part is longer than a message, and what stands out stands on whole characters inside it', () => {
  property((source, room) => {
    for (const part of splitReply(source, room)) {
      const { text, entities } = renderPart(source, part)
      assert.ok(text.length <= room, `${text.length} > ${room}`)
      assert.equal(text, text.trim())
      assert.ok(text.isWellFormed())
      assert.ok(onWholeCharacters({ text, entities }))
      for (const { offset, length } of entities) {
        const words = text.slice(offset, offset + length)
        assert.ok(length > 0 && words === words.trim(), 'an entity of white space')
      }
    }
  })
})

test('styles stand inside each other or apart, and code holds nothing and stands in quotes at most', () => {
  property((source, room) => {
    for (const part of splitReply(source, room)) {
      const { entities } = renderPart(source, part)
      for (const [index, outer] of entities.entries()) {
        for (const inner of entities.slice(index + 1)) {
          if (inner.offset >= outer.offset + outer.length) continue
          assert.ok(inner.offset >= outer.offset && inner.offset + inner.length <= outer.offset + outer.length)
          assert.notEqual(inner.type, outer.type)
          assert.ok(outer.type !== 'code' && outer.type !== 'pre')
          if (inner.type === 'code' || inner.type === 'pre') assert.equal(outer.type, 'blockquote')
        }
      }
    }
  })
})

test('the parts of a reply are the whole reply in order: each begins where the one before ended', () => {
  property((source, room) => {
    const parts = splitReply(source, room)
    const whole = renderPart(source, { start: 0, end: source.length }).text
    const together = parts.map((part) => renderPart(source, part).text).join('')
    assert.equal(visible(together), visible(whole))
    for (const [index, part] of parts.entries()) {
      assert.ok(part.start < part.end || source === '')
      assert.ok(part.start >= (parts[index - 1]?.end ?? 0) && part.end <= source.length)
    }
  })
})

test('a cut never goes through a grapheme', () => {
  property((source, room) => {
    const whole = renderPart(source, { start: 0, end: source.length }).text
    const graphemes = new Set(Array.from(GRAPHEMES.segment(whole), ({ segment }) => segment))
    for (const part of splitReply(source, room)) {
      const text = renderPart(source, part).text
      const [first, last] = [graphemesOf(text).at(0), graphemesOf(text).at(-1)]
      for (const edge of [first, last]) assert.ok(edge === undefined || graphemes.has(edge), JSON.stringify(edge))
    }
  })
})

test('a reply without markdown comes out as it went in', () => {
  const words = fc.array(fc.constantFrom('слово', 'и', '—', '«да»', FAMILY, 'snake_case', '5 * 3', ':)', 'но,'), {
    maxLength: 200,
    size: 'max',
  })
  fc.assert(
    fc.property(words, (chosen) => {
      const source = chosen.join(' ')
      assert.deepEqual(renderPart(source, { start: 0, end: source.length }), { text: source, entities: [] })
    }),
  )
})

test('a reply that fits is one part', () => {
  assert.deepEqual(splitReply('Привет', 40), [{ start: 0, end: 6 }])
  assert.deepEqual(splitReply('', 40), [{ start: 0, end: 0 }])
})

test('what is measured is what is seen: markup and white space around it need no room', () => {
  const seen = 'а'.repeat(40)
  assert.deepEqual(splitReply(`\n**${seen}**\n\n`, 40).length, 1)
  assert.deepEqual(splitReply(`[${seen}](https://a.example/long/address)`, 40).length, 1)
})

const CUTS: Record<string, [source: string, ...parts: string[]]> = {
  'after a paragraph rather than in a sentence': [
    `${'а'.repeat(22)}.\n\n${'б'.repeat(10)} ${'в'.repeat(10)}`,
    `${'а'.repeat(22)}.`,
    `${'б'.repeat(10)} ${'в'.repeat(10)}`,
  ],
  'after a sentence rather than in it': [
    `${'а'.repeat(22)}! ${'б'.repeat(10)} ${'в'.repeat(10)}`,
    `${'а'.repeat(22)}!`,
    `${'б'.repeat(10)} ${'в'.repeat(10)}`,
  ],
  'not so early that a scrap is left': [
    `Да.\n\n${'а'.repeat(30)} ${'б'.repeat(30)}`,
    `Да.\n\n${'а'.repeat(30)}`,
    'б'.repeat(30),
  ],
  'after the last word that fits, be it as long as the room': [
    `${'а'.repeat(40)} ${'б'.repeat(5)}`,
    'а'.repeat(40),
    'б'.repeat(5),
  ],
  'not at a space that holds words together': [
    `${'а'.repeat(30)} ${'б'.repeat(5)}\u00a0${'в'.repeat(5)}`,
    'а'.repeat(30),
    `${'б'.repeat(5)}\u00a0${'в'.repeat(5)}`,
  ],
  'before a style rather than in it': [
    `${'а'.repeat(25)} *${'б '.repeat(15).trim()}*`,
    'а'.repeat(25),
    'б '.repeat(15).trim(),
  ],
  'before a link even if a scrap is left': [
    `см. [${'а '.repeat(19)}а](https://a.example/)`,
    'см.',
    `${'а '.repeat(19)}а`,
  ],
  'in a style that is longer than the room, at a word': [
    `**${'а'.repeat(30)} ${'б'.repeat(30)}**`,
    'а'.repeat(30),
    'б'.repeat(30),
  ],
  'in a word that is longer than the room': ['а'.repeat(60), 'а'.repeat(40), 'а'.repeat(20)],
  'before an item, not after its bullet': [
    `${'а'.repeat(10)}\n- ${'б'.repeat(35)}`,
    'а'.repeat(10),
    `• ${'б'.repeat(35)}`,
  ],
  'between items': [`- ${'а'.repeat(30)}\n- ${'б'.repeat(30)}`, `• ${'а'.repeat(30)}`, `• ${'б'.repeat(30)}`],
  'never in a family': [`a${FAMILY.repeat(8)}`, `a${FAMILY.repeat(4)}`, FAMILY.repeat(4)],
  'in a grapheme that is longer than the room': [
    `a${'\u0301'.repeat(50)}`,
    `a${'\u0301'.repeat(39)}`,
    '\u0301'.repeat(11),
  ],
}

for (const [where, [source, ...parts]] of Object.entries(CUTS)) {
  test(`a reply is cut ${where}`, () => {
    assert.deepEqual(
      splitReply(source, 40).map((part) => renderPart(source, part).text),
      parts,
    )
  })
}

test('a style that is cut goes on in the next part', () => {
  const source = `> **${'а'.repeat(30)} ${'б'.repeat(30)}**`
  const entities = splitReply(source, 40).map((part) => renderPart(source, part).entities)
  const both = [
    { type: 'blockquote', offset: 0, length: 30 },
    { type: 'bold', offset: 0, length: 30 },
  ]
  assert.deepEqual(entities, [both, both])
})

test('white space that fills a whole message is not sent', () => {
  const source = `Привет.${'\u00a0'.repeat(120)}Пока.${'\u200b'.repeat(120)}\n`
  const parts = splitReply(source, 40)
  for (const part of parts) assert.match(renderPart(source, part).text, /\p{L}/u)
  assert.deepEqual(parts.length, 2)
})

test('an early part stays where it is while the reply grows', () => {
  const source = '*Она* улыбнулась и **тихо** сказала: «Да». '.repeat(20)
  const [first] = splitReply(source, 200)
  for (let end = 300; end < source.length; end += 37) {
    assert.deepEqual(splitReply(source.slice(0, end), 200)[0], first)
  }
})

function property(holds: (source: string, room: number) => void) {
  fc.assert(fc.property(markdown, maxLength, holds), { numRuns: 200 })
}

function visible(text: string): string {
  return text.replace(/[\s\p{Cf}]/gu, '')
}

function graphemesOf(text: string): string[] {
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment)
}
