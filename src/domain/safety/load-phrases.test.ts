import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFindPhrases } from './find-phrases.ts'
import { loadPhrases, parsePhrases } from './load-phrases.ts'

const file = `language: en
negations: not never
carriers: want to
sets:
  pet: cat dog* <bird>
  bird: parrot
  tale: story
  close: and
phrases:
  violence:
    - { any: "bite* <pet>", gap: 1, without: [tale] }
    - { say: "growls at", next: close }
    - { say: "scratched", prior: close, notBeside: [tale] }
    - { say: "did it bark", asked: true }
unspaced:
  violence: [badparrot]
`

const bites = createFindPhrases(parsePhrases([['phrases.en.yaml', file]]))
const isFound = (text: string) => bites(text).size > 0

test('a phrase is found in its order or in any, with few words between, and not when it is negated', () => {
  assert.deepEqual(['the dogs bite', 'bites the parrot', 'Biting my cat'].map(isFound), [true, true, false])
  assert.deepEqual(['never bite a dog', 'I do not want to bite a dog', 'bite. Dog'].map(isFound), [false, false, false])
  assert.equal(isFound('bites the very old dog'), false)
  assert.equal(isFound('in the story a dog bites'), false)
})

test('what one text begins another does not end', () => {
  assert.deepEqual(['the dogs', 'bite', 'bite the', 'old', 'dog'].map(isFound), [false, false, false, false, false])
})

test('what follows a phrase, and whether it is asked, may decide', () => {
  assert.deepEqual(['it growls at', 'growls at, yes', 'growls at and', 'growls at me'].map(isFound), [
    true,
    true,
    true,
    false,
  ])
  assert.deepEqual(['did it bark?', 'so did it bark then? no', 'did it bark.'].map(isFound), [true, true, false])
})

test('what comes before a phrase may decide', () => {
  assert.deepEqual(['scratched', 'and scratched', 'well, scratched', 'vinyl scratched'].map(isFound), [
    true,
    true,
    true,
    false,
  ])
})

test('what stands beside a phrase undoes it within its clause, and not across a comma or a full stop', () => {
  assert.deepEqual(['scratched in a story', 'scratched, no story', 'A story. Scratched'].map(isFound), [
    false,
    true,
    true,
  ])
})

test('what is written without spaces, spaced out or under signs is found', () => {
  assert.deepEqual(['#badparrot', 'b a d p a r r o t', 'the d*g bites', 'b.i.t.e the dog'].map(isFound), [
    true,
    true,
    true,
    true,
  ])
})

test('a file that is wrong is refused with the line that is wrong', () => {
  const wrong: [string, string, number, RegExp][] = [
    ['<bird>', '<fish>', 5, /no set <fish>/],
    ['bird: parrot', 'bird: <pet>', 6, /contains itself/],
    ['"bite* <pet>"', '"bite* <pets>"', 11, /no set <pets>/],
    ['gap: 1, without: [tale]', 'gap: 1, without: [tales]', 11, /no set <tales>/],
    ['"bite* <pet>"', '"b*ite <pet>"', 11, /is no word/],
    ['"bite* <pet>"', '"a b c d e"', 11, /in any order/],
    ['gap: 1', 'gap: 100', 11, /violence/],
    ['violence:', 'anger:', 9, /phrases/],
    ['language: en', 'language: fr', 1, /language/],
    ['sets:', 'sets: [', 5, /YAML/],
  ]
  for (const [from, to, line, says] of wrong) {
    assert.throws(
      () => parsePhrases([['phrases.en.yaml', file.replace(from, to)]]),
      (error: Error) => {
        assert.match(error.message, says)
        assert.match(error.message, new RegExp(`^safety/phrases\\.en\\.yaml:${line}:`), `${to}: ${error.message}`)
        return true
      },
    )
  }
})

test('a folder without phrases is refused', () => {
  assert.throws(() => loadPhrases(import.meta.dirname), /holds no phrases/)
})
