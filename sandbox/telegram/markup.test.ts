import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkEntities, findEntities, trim } from './entities.ts'
import { parseHtml } from './markup-html.ts'
import { parseMarkdown } from './markup-markdown.ts'

test('HTML becomes text and entities, offsets in UTF-16 units', () => {
  assert.deepEqual(parseHtml('😀 <b>жирно</b> &lt;a&gt; <a href="https://vitte.example/">сюда</a>'), {
    text: '😀 жирно <a> сюда',
    entities: [
      { type: 'bold', offset: 3, length: 5 },
      { type: 'text_link', url: 'https://vitte.example/', offset: 13, length: 4 },
    ],
  })
  assert.deepEqual(parseHtml('<pre><code class="language-ts">a</code></pre>').entities, [
    { type: 'pre', language: 'ts', offset: 0, length: 1 },
  ])
})

test('MarkdownV2 becomes text and entities, nested ones too', () => {
  assert.deepEqual(parseMarkdown('*a _b_* \\. [l](https://x.example/a\\)b) `c_d`'), {
    text: 'a b . l c_d',
    entities: [
      { type: 'italic', offset: 2, length: 1 },
      { type: 'bold', offset: 0, length: 3 },
      { type: 'text_link', offset: 6, length: 1, url: 'https://x.example/a)b' },
      { type: 'code', offset: 8, length: 3 },
    ],
  })
  assert.deepEqual(parseMarkdown('>a\n>b\nc').entities, [{ type: 'blockquote', offset: 0, length: 3 }])
})

test('broken markup is refused with the reason', () => {
  assert.throws(() => parseHtml('a <x>b</x>'), /can't parse entities: Unsupported start tag "x" at byte offset 2/u)
  assert.throws(
    () => parseHtml('<b><i>a</b></i>'),
    /Unmatched end tag at byte offset 7, expected "<\/i>", found "<\/b>"/u,
  )
  assert.throws(() => parseHtml('a</b>'), /Unexpected end tag at byte offset 1/u)
  assert.throws(
    () => parseMarkdown('Привет.'),
    /Character '\.' is reserved and must be escaped with the preceding '\\'/u,
  )
  assert.throws(() => parseMarkdown('a *b'), /Can't find end of Bold entity at byte offset 2/u)
})

test('commands, addresses and mentions are found by sight, but not inside code', () => {
  const found = findEntities('/start@vitte_bot now, see https://vitte.example/a. or @masha_o a/b #тег')
  assert.deepEqual(
    found.map((each) => each.type),
    ['bot_command', 'url', 'mention', 'hashtag'],
  )
  assert.equal(found[1]?.length, 'https://vitte.example/a'.length)
  assert.equal(findEntities('/start', [{ type: 'code', offset: 0, length: 6 }]).length, 1)
})

test('trimming moves entities along and never leaves one outside the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), fc.nat(20), (body, offset, length) => {
      const text = `  \n${body} \n`
      const entity = {
        type: 'bold',
        offset: Math.min(offset, text.length),
        length: Math.min(length, text.length - Math.min(offset, text.length)),
      }
      const kept = trim({ text, entities: [entity] })
      for (const each of kept.entities)
        assert.ok(each.offset >= 0 && each.length > 0 && each.offset + each.length <= kept.text.length)
    }),
  )
})

test('an entity that splits a character or leaves the text is refused', () => {
  assert.throws(() => checkEntities('😀', [{ type: 'bold', offset: 1, length: 1 }]), /middle of a UTF-16 symbol/u)
  assert.throws(() => checkEntities('ab', [{ type: 'bold', offset: 1, length: 2 }]), /ends after the end of the text/u)
})
