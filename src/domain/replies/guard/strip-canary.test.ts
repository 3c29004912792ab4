import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createVault } from '#platform/vault'
import { canaryOf } from './canary.ts'
import { stripCanary } from './strip-canary.ts'

const CANARY = 'bcdfghjkmnpq'
/** What stands between two signs of a canary that somebody spells out. */
const BETWEEN = ['', ' ', '-', ' - ', '**', '\n', '\u200b', '. ']

/** What comes out of these pieces, piece by piece, and how often the canary was caught. */
function strip(pieces: readonly string[]): { shown: string[]; times: number } {
  let times = 0
  const filter = stripCanary(CANARY, () => {
    times += 1
  })
  const shown = pieces.map((piece) => filter.add(piece))
  shown.push(filter.end())
  return { shown, times }
}

/** Cuts a text at these places. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  return [...ends, text.length].map((end, index, all) => text.slice(all[index - 1] ?? 0, end))
}

const places = fc.array(fc.nat(), { maxLength: 30 })
const around = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/[bB]\P{L}*$/u.test(text))

test('the canary goes, wherever the pieces end, in any case and spelled out, and nothing else does', () => {
  fc.assert(
    fc.property(around, around, fc.constantFrom(...BETWEEN), fc.boolean(), places, (before, after, gap, loud, cuts) => {
      const word = [...(loud ? CANARY.toUpperCase() : CANARY)].join(gap)
      const { shown, times } = strip(cut(`${before}${word}${after}`, cuts))
      assert.equal(shown.join(''), before + after)
      assert.equal(times, 1)
    }),
  )
})

test('a text without it comes through as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'bcdf gB-ю\n') }), places, (text, cuts) => {
      const { shown, times } = strip(cut(text, cuts))
      assert.equal(shown.join(''), text)
      assert.equal(times, 0)
    }),
  )
})

test('nothing is held back but what may be its beginning', () => {
  const { shown } = strip(['Добрый вечер', ' b', 'est of all', ' bcd', 'ef'])
  assert.deepEqual(shown, ['Добрый вечер', ' ', 'best of all', ' ', 'bcdef', ''])
})

test('cut off in its middle it goes too; a letter that happens to be its first does not', () => {
  assert.deepEqual(strip(['вот: bcdfghj']), { shown: ['вот: ', ''], times: 1 })
  assert.deepEqual(strip(['план b']), { shown: ['план ', 'b'], times: 0 })
})

test('each installation has its own, the same at every start', () => {
  const canary = (fill: number) => canaryOf(createVault({ masterKey: Buffer.alloc(32, fill) }))
  assert.equal(canary(1), canary(1))
  assert.notEqual(canary(1), canary(2))
  assert.match(canary(1), /^[a-z2-9]{12}$/)
})
