import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { onWholeCharacters } from './entities-for-test.ts'
import { renderPart } from './render-part.ts'
import { renderTail } from './render-tail.ts'

const ROOM = 4096

const REPLY = [
  'Привет! **Как *твои* дела?** _Хм_ :)',
  '',
  '*улыбается* Смотри: [вот](https://a.example/c_d "t"), `код` и 5 * 3.',
  '- раз',
  '- **два**',
  '1. и',
  '',
  '```js',
  'let a = "**"',
  '```',
  '# Конец',
  '> цитата `x` и ***всё***',
].join('\n')

test('a growing reply only grows: no letter that is shown goes away again', () => {
  let before = ''
  for (let end = 1; end <= REPLY.length; end++) {
    const { text, entities } = renderTail(REPLY.slice(0, end), ROOM)
    assert.ok(onWholeCharacters({ text, entities }))
    assert.ok(withoutBrackets(text).startsWith(withoutBrackets(before)), `${before} → ${text}`)
    before = text
  }
  assert.deepEqual(renderTail(REPLY, ROOM), renderPart(REPLY, { start: 0, end: REPLY.length }))
})

/** `[text` may be text in brackets or become a link, so until then it stands as it is typed. */
function withoutBrackets(text: string): string {
  return text.replace(/[[\]]/g, '')
}

const GROWING: Record<string, [text: string, ...styles: string[]]> = {
  'Я **гром': ['Я гром', 'bold:гром'],
  'Я **громко ': ['Я громко', 'bold:громко'],
  'Я **громко*': ['Я громко', 'bold:громко'],
  'Я **громко и *тих': ['Я громко и тих', 'bold:громко и тих', 'italic:тих'],
  '*смеётся\nи молч': ['смеётся\nи молч', 'italic:смеётся\nи молч'],
  'вот `код *a': ['вот код *a', 'code:код *a'],
  'вот ``код ` a': ['вот код ` a', 'code:код ` a'],
  'да\n```': ['да'],
  '```js\nlet *a': ['let *a', 'pre:let *a'],
  '```\nкод\n``': ['код', 'pre:код'],
  'см. [это место](https://a.exa': ['см. это место'],
  'см. **[это место](https://a.exa': ['см. это место', 'bold:это место'],
  'см. ![кот](https://evil.exa': ['см. кот'],
  'см. [это мес': ['см. [это мес'],
  'вот `[a](b': ['вот [a](b', 'code:[a](b'],
  'слово **': ['слово'],
  'слово\n-': ['слово'],
  'слово\n---': ['слово'],
  'слово\n- **': ['слово'],
  'слово\n12.': ['слово'],
  'слово\n> ': ['слово'],
  '12': ['12'],
  '> **да': ['да', 'blockquote:да', 'bold:да'],
  '**абзац\n\nдругой': ['**абзац\n\nдругой'],
  '_a *b_ c': ['a *b c', 'italic:a *b'],
  '5 * 3': ['5 * 3'],
  'a*b snake_case': ['a*b snake_case'],
  'поцелуй :* тебе': ['поцелуй :* тебе'],
  '\\*не курсив': ['*не курсив'],
  '\\': [''],
  '**': [''],
  '': [''],
}

test('what is not finished is shown as what it becomes, or as typed', () => {
  for (const [source, shown] of Object.entries(GROWING)) {
    const { text, entities } = renderTail(source, ROOM)
    const styles = entities.map(({ type, offset, length }) => `${type}:${text.slice(offset, offset + length)}`)
    assert.deepEqual([text, ...styles], shown, JSON.stringify(source))
  }
})

test('of a reply that is longer than a message the part that grows is shown', () => {
  const source = `${'а'.repeat(30)}.\n\n${'б'.repeat(30)} **${'в'.repeat(30)}`
  assert.deepEqual(renderTail(source, 40), {
    text: 'в'.repeat(30),
    entities: [{ type: 'bold', offset: 0, length: 30 }],
  })
})

test('whatever is written so far, it can be sent', () => {
  const marks = [
    '*',
    '**',
    '_',
    '`',
    '```',
    '[',
    '](',
    ')',
    '!',
    '\\',
    '\n',
    '> ',
    '- ',
    '1. ',
    '#',
    ' ',
    'а',
    '👩‍👩‍👧',
    '\ud800',
  ]
  const source = fc.array(fc.constantFrom(...marks), { maxLength: 80, size: 'max' }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(source, (written) => {
      const { text, entities } = renderTail(written, 40)
      assert.ok(text.length <= 40 && text.isWellFormed() && text === text.trim())
      assert.ok(onWholeCharacters({ text, entities }))
    }),
    { numRuns: 200 },
  )
})

test('hostile markup in the making stands as it is', () => {
  for (const source of ['*a '.repeat(5000), '![a'.repeat(5000), '`a'.repeat(8000), '_('.repeat(8000)]) {
    assert.ok(source.trim().endsWith(renderTail(source, ROOM).text.slice(-20)), source.slice(0, 10))
  }
})
