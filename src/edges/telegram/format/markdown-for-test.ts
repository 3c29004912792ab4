import fc from 'fast-check'

/** One grapheme of eight UTF-16 units. */
export const FAMILY = '👩‍👩‍👧'

const PIECES = [
  ...[
    '*',
    '**',
    '_',
    '`',
    '```',
    '```js\n',
    '[',
    '](https://a.example/)',
    '![',
    '<b>',
    '~~',
    '\\',
    '&amp;',
    '&#128512;',
  ],
  ...['\n', '\n\n', '  \n', '> ', '- ', '1. ', '# ', '---\n', '    ', '\t', '\r\n', ' ', ' ', '. '],
  ...['слово', 'a', FAMILY, '🇷🇺', 'e\u0301', 'שלום', '\ud800', '\u200b', '\u00a0', 'x'.repeat(30)],
]

/** Sources that are full of markup, of what is hard to cut, or of anything at all. */
export const markdown = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 120, size: 'max' }).map((pieces) => pieces.join('')),
  fc
    .array(fc.constantFrom('x', '—', FAMILY, '🇷🇺', 'e\u0301', '**'), { maxLength: 120, size: 'max' })
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }),
  fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
)
