import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onWholeCharacters } from './entities-for-test.ts'
import { renderPart } from './render-part.ts'

/** What stands out, as `type:words`; of links and code blocks with where they lead and their language. */
type Shown = [text: string, ...styles: string[]]

const SHOWN: Record<string, Record<string, Shown>> = {
  'bold, italic and code': {
    '**громко** и *тихо*': ['громко и тихо', 'bold:громко', 'italic:тихо'],
    '__громко__ и _тихо_': ['громко и тихо', 'bold:громко', 'italic:тихо'],
    '***оба***': ['оба', 'italic:оба', 'bold:оба'],
    '**в *одном* другое**': ['в одном другое', 'bold:в одном другое', 'italic:одном'],
    '`a *b* &amp;` c': ['a *b* &amp; c', 'code:a *b* &amp;'],
    '`` a ` b ``': ['a ` b', 'code:a ` b'],
  },
  'code is in no other style': {
    '**до `код` после**': ['до код после', 'bold:до', 'code:код', 'bold:после'],
    '# Про `код`': ['Про код', 'bold:Про', 'code:код'],
    '[до `кода`](https://a.example/)': ['до кода', 'text_link:до кода https://a.example/'],
    '> `код`': ['код', 'blockquote:код', 'code:код'],
  },
  'the same style twice is once': {
    '# Заголовок **жирный**': ['Заголовок жирный', 'bold:Заголовок жирный'],
    '**a **b** c**': ['a b c', 'bold:a b c'],
    '*один*_два_': ['одиндва', 'italic:одиндва'],
  },
  headings: {
    '# Один\n## Два\nтекст': ['Один\nДва\nтекст', 'bold:Один', 'bold:Два'],
    'Под чертой\n===\n\nтекст': ['Под чертой\n\nтекст', 'bold:Под чертой'],
  },
  lists: {
    '- раз\n- два': ['• раз\n• два'],
    '* раз\n\n* два': ['• раз\n\n• два'],
    '3. три\n4. четыре': ['3. три\n4. четыре'],
    '1) раз\n2) два': ['1) раз\n2) два'],
    '- раз\n  дальше\n  - внутри\n    1. глубже\n- два': ['• раз\n  дальше\n  • внутри\n    1. глубже\n• два'],
    '- раз\n\n  второй абзац': ['• раз\n\n  второй абзац'],
    '- **раз**\n- `два`': ['• раз\n• два', 'bold:раз', 'code:два'],
    '- - раз': ['• • раз'],
    '-\n- раз': ['• раз'],
  },
  quotes: {
    '> сказано\n> вчера\n\nответ': ['сказано\nвчера\n\nответ', 'blockquote:сказано\nвчера'],
    '> снаружи\n> > внутри': ['снаружи\nвнутри', 'blockquote:снаружи\nвнутри'],
    '> - раз\n> - два': ['• раз\n• два', 'blockquote:• раз\n• два'],
    '> один\n\n> другой': ['один\n\nдругой', 'blockquote:один', 'blockquote:другой'],
    '- > в списке': ['• в списке', 'blockquote:в списке'],
  },
  'code blocks': {
    '```js\nlet a\n\n  b\n```\nпосле': ['let a\n\n  b\nпосле', 'pre:let a\n\n  b js'],
    '~~~\n*a*\n~~~': ['*a*', 'pre:*a*'],
    '> ```\n> a\n> > b\n> ```': ['a\n> b', 'blockquote:a\n> b', 'pre:a\n> b'],
    '- раз\n  ```\n  код\n  ```': ['• раз\n  код', 'pre:код'],
    '``` "quoted"\nкод\n```': ['код', 'pre:код'],
    '```\nне закрыт': ['не закрыт', 'pre:не закрыт'],
  },
  links: {
    '[сюда](https://a.example/x?y=1&z)': ['сюда', 'text_link:сюда https://a.example/x?y=1&z'],
    '[**сюда**](http://a.example)': ['сюда', 'text_link:сюда http://a.example/', 'bold:сюда'],
    '[a][b] и [b]\n\n[b]: https://b.example/': [
      'a и b',
      'text_link:a https://b.example/',
      'text_link:b https://b.example/',
    ],
    '<https://a.example/>': ['https://a.example/'],
    'https://a.example/b_c_d и a@b.example': ['https://a.example/b_c_d и a@b.example'],
  },
  'links that nobody must follow are their text': {
    '[сюда](javascript:alert(1))': ['сюда'],
    '[сюда](tg://user?id=1)': ['сюда'],
    '[сюда](data:text/html,x)': ['сюда'],
    '[сюда](//a.example)': ['сюда'],
    '[сюда](https://bank.example@evil.example/)': ['сюда'],
    '[сюда](http://localhost:8080/)': ['сюда'],
    '[сюда](https://[::1]/)': ['сюда'],
    [`[сюда](https://a.example/${'x'.repeat(2000)})`]: ['сюда'],
  },
  'pictures and HTML': {
    'вот ![кот](https://evil.example/?q=secret)!': ['вот кот!'],
    'вот <b>кот</b> <img src=x>': ['вот <b>кот</b> <img src=x>'],
    '<div>\n*a*\n</div>': ['<div>\na\n</div>', 'italic:a'],
    '<!-- a -->': ['<!-- a -->'],
  },
  'lines and breaks': {
    'до\n\n---\n\nпосле': ['до\n\n———\n\nпосле'],
    'раз  \nдва\\\nтри\nчетыре': ['раз\nдва\nтри\nчетыре'],
    'раз\r\nдва\r\n\r\nтри': ['раз\nдва\n\nтри'],
    'раз\n\n\n\nдва': ['раз\n\n\n\nдва'],
  },
  'escapes and references': {
    '\\*не курсив\\* \\\\ \\[a\\]': ['*не курсив* \\ [a]'],
    'a &lt;b&gt; &amp;amp; &#128512; &nope;': ['a <b> &amp; 😀 &nope;'],
  },
  'what is no markdown stays as it is': {
    'Привет! :) ;-) :* <3 ¯\\_(ツ)_/¯': ['Привет! :) ;-) :* <3 ¯\\_(ツ)_/¯'.replace('\\_', '_')],
    '5 * 3 * 2 = 30': ['5 * 3 * 2 = 30'],
    'snake_case_name и 2*2*2': ['snake_case_name и 222', 'italic:2'],
    '— Да, — сказал он.\n— «Нет».': ['— Да, — сказал он.\n— «Нет».'],
    'שלום *עולם* 👩‍👩‍👧 e\u0301': ['שלום עולם 👩‍👩‍👧 e\u0301', 'italic:עולם'],
    '#хештег и № 5': ['#хештег и № 5'],
    '[скобки] и (скобки) [и](те': ['[скобки] и (скобки) [и](те'],
    '~~нет~~ | a | b |': ['~~нет~~ | a | b |'],
    'a\ud800b\u0000c\td': ['a\ufffdb c d'],
  },
  'of which nothing would be seen': {
    '[a]: https://a.example': ['[a]: https://a.example'],
    '![](https://a.example)': ['![](https://a.example)'],
    '-': ['-'],
    '```\n```': ['```\n```'],
    '\u200b': ['\u200b'],
    '': [''],
  },
}

for (const [title, cases] of Object.entries(SHOWN)) {
  test(`a reply in Telegram: ${title}`, () => {
    for (const [source, shown] of Object.entries(cases)) assert.deepEqual(show(source), shown, JSON.stringify(source))
  })
}

test('a hundred styles are as many as Telegram shows; the words stay', () => {
  const source = `${'*a* '.repeat(50)}\n\n`.repeat(3)
  const { text, entities } = renderPart(source, { start: 0, end: source.length })
  assert.equal(text.match(/a/g)?.length, 150)
  assert.doesNotMatch(text, /\*/)
  assert.equal(entities.length, 100)
})

test('a hundred long addresses are more than Telegram takes; the words stay', () => {
  const source = `[a](https://a.example/${'x'.repeat(900)}) `.repeat(50)
  const { text, entities } = renderPart(source, { start: 0, end: source.length })
  assert.equal(text, 'a '.repeat(50).trim())
  assert.equal(entities.length, 4)
})

const TOO_MUCH = {
  'deeply nested quotes': `${'>'.repeat(1000)} a`,
  'deeply nested lists': '1. '.repeat(5000),
  'deeply nested lists by indentation': Array.from({ length: 100 }, (_, depth) => `${' '.repeat(2 * depth)}- a`).join(
    '\n',
  ),
  stars: '*a*b'.repeat(4000),
  'stars and underscores': '*_'.repeat(8000),
  brackets: '['.repeat(16_000),
  'nested brackets': '['.repeat(8000) + ']'.repeat(8000),
  backticks: '`a '.repeat(5000),
  lines: 'a\n'.repeat(8000),
  references: '&amp;'.repeat(3200),
}

for (const [title, source] of Object.entries(TOO_MUCH)) {
  test(`too much markup stands as it is: ${title}`, () => {
    assert.deepEqual(show(source), [source.trim()])
  })
}

function show(source: string): Shown {
  const { text, entities } = renderPart(source, { start: 0, end: source.length })
  assert.ok(onWholeCharacters({ text, entities }))
  const styles = entities.map((entity) => {
    const more = 'url' in entity ? entity.url : 'language' in entity ? entity.language : undefined
    const words = text.slice(entity.offset, entity.offset + entity.length)
    return `${entity.type}:${words}${more === undefined ? '' : ` ${more}`}`
  })
  return [text, ...styles]
}
