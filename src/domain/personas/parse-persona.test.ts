import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePersona } from './parse-persona.ts'
import { PersonaFileError } from './persona-file-error.ts'

const source = await readFile(new URL('../../../personas/arina.yaml', import.meta.url), 'utf8')

test('a good file becomes a persona in both languages', () => {
  const { persona } = parsePersona(source, 'arina.yaml')
  assert.equal(persona.id, 'arina')
  assert.deepEqual(persona.price, { type: 'basic', amount: 1 })
  assert.equal(persona.ru.name, 'Арина')
  assert.equal(persona.en.stories.length, persona.ru.stories.length)
})

test('paragraphs are joined across line breaks and kept apart at blank lines', () => {
  const { persona } = parsePersona(source, 'arina.yaml')
  assert.doesNotMatch(persona.ru.stories[0]?.opening ?? '', /\n/)
  assert.match(persona.ru.prompt, /\n/)
})

const BROKEN: [promise: string, from: string | RegExp, to: string, blamed: RegExp, reason: RegExp][] = [
  ['an open quote', 'night: "#FF7A8A"', 'night: "#FF7A8A', /night:/, /not valid YAML/],
  ['a tab for indentation', '  name: Арина', '\tname: Арина', /\tname/, /not valid YAML/],
  ['a field written twice', '  name: Арина', '  name: Арина\n  name: Ира', /name: Ира/, /not valid YAML.*unique/],
  [
    'a field nobody knows',
    '  tagline: Чинит',
    '  tag: Чинит',
    /^ru:/,
    /ru\.tagline is missing; line \d+: unknown field ru\.tag/,
  ],
  ['a missing field', /^ {2}tagline: Чинит.*\n/m, '', /^ru:/, /ru\.tagline is missing/],
  ['an unknown kind of credits', 'type: basic', 'type: gold', /gold/, /price\.type/],
  ['a price with a fraction', 'amount: 1', 'amount: 1.5', /1\.5/, /price\.amount: must be a whole number/],
  ['a free reply', 'amount: 1', 'amount: 0', /amount: 0/, /price\.amount/],
  ['a colour in words', '"#C23A54"', 'rose', /rose/, /accent\.paper: must be a colour/],
  [
    'a portrait outside its folder',
    'portrait: arina.svg',
    'portrait: ../arina.svg',
    /portrait/,
    /portrait: must be the name/,
  ],
  ['an id with a space', 'id: arina', 'id: our arina', /our arina/, /id: must be lower-case/],
  ['an empty title', 'title: Последний трамвай', 'title: ""', /title: ""/, /ru\.stories\.0\.title: must not be empty/],
  ['a title that is a number', 'title: Последний трамвай', 'title: 12', /title: 12/, /ru\.stories\.0\.title/],
  ['a NUL', 'title: Последний трамвай', 'title: "a\\0b"', /title: "a/, /cannot be stored/],
  [
    'a story told in one language',
    'id: quiet-evening',
    'id: loud-evening',
    /loud-evening/,
    /"loud-evening" is not told in en/,
  ],
  ['a story told twice', 'id: quiet-evening', 'id: last-tram', /id: last-tram/, /"last-tram" stands here twice/],
]

for (const [promise, from, to, blamed, reason] of BROKEN) {
  test(`${promise} is refused with its line and its reason`, () => {
    const broken = source.replace(from, to)
    assert.notEqual(broken, source)
    const error = refusal(broken)
    assert.equal(error.file, 'arina.yaml')
    assert.match(broken.split('\n')[error.line - 1] ?? '', blamed)
    assert.match(error.reason, reason)
    assert.equal(error.message, `arina.yaml:${error.line}: ${error.reason}`)
  })
}

test('an empty file, a list and a bare word are refused at line 1', () => {
  for (const text of ['', '- arina', 'arina']) assert.equal(refusal(text).line, 1)
})

test('aliases are refused before they grow', () => {
  assert.match(refusal('a: &a [x, x]\nb: [*a, *a]\n').reason, /alias/i)
})

test('whatever stands in the file, the answer is a persona or a PersonaFileError', () => {
  const lines = source.split('\n')
  fc.assert(
    fc.property(fc.nat(lines.length - 1), fc.string({ maxLength: 40, unit: 'binary' }), (at, line) => {
      const damaged = [...lines.slice(0, at), line, ...lines.slice(at + 1)].join('\n')
      try {
        parsePersona(damaged, 'arina.yaml')
      } catch (error) {
        assert.ok(error instanceof PersonaFileError, String(error))
        assert.ok(error.line >= 1 && error.line <= lines.length + 40)
      }
    }),
    { numRuns: 200 },
  )
})

function refusal(text: string): PersonaFileError {
  try {
    parsePersona(text, 'arina.yaml')
  } catch (error) {
    assert.ok(error instanceof PersonaFileError, String(error))
    return error
  }
  throw new assert.AssertionError({ message: 'the file was taken' })
}
