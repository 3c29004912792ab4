import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LedgerEntry } from '#contract/api'
import { entryDays } from './entry-lines.ts'
import { joinPages } from './join-pages.ts'

let lastId = 100
function entry(day: number, reason: string, amount: number, type: LedgerEntry['type'] = 'basic'): LedgerEntry {
  lastId -= 1
  const createdAt = new Date(2026, 2, day, 12).toISOString()
  return { id: String(lastId), reason, amount, debt: 0, type, turnId: null, messageId: null, persona: null, createdAt }
}

test('replies in a row are one line, and every credit is still in it', () => {
  const entries = [
    entry(3, 'hold', -1),
    entry(3, 'hold', -1),
    entry(3, 'hold', -1, 'cassandra'),
    entry(3, 'release', 1),
    entry(3, 'hold', -1),
    entry(2, 'hold', -1),
    entry(1, 'welcome', 50),
  ]
  const days = entryDays(entries)
  assert.deepEqual(
    days.map(({ date, lines }) => [date.getDate(), lines.map(({ reason, amount, count }) => [reason, amount, count])]),
    [
      [
        3,
        [
          ['hold', -2, 2],
          ['hold', -1, 1],
          ['release', 1, 1],
          ['hold', -1, 1],
        ],
      ],
      [2, [['hold', -1, 1]]],
      [1, [['welcome', 50, 1]]],
    ],
  )
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
  assert.equal(
    sum(days.flatMap(({ lines }) => lines.map(({ amount }) => amount))),
    sum(entries.map(({ amount }) => amount)),
  )
})

test('two companions are two lines, and so are two purchases', () => {
  const of = (name: string) => ({ ...entry(1, 'hold', -1), persona: { id: name, name } })
  const bought = () => entry(1, 'purchase', 100)
  const [day] = entryDays([of('arina'), of('arina'), of('cassandra'), bought(), bought()])
  assert.deepEqual(
    day?.lines.map(({ persona, count, amount }) => [persona?.id, count, amount]),
    [
      ['arina', 2, -2],
      ['cassandra', 1, -1],
      [undefined, 1, 100],
      [undefined, 1, 100],
    ],
  )
})

test('no entries, no days', () => {
  assert.deepEqual(entryDays([]), [])
})

test('a new page on top of the known ones leaves no gap and doubles nothing', () => {
  const all = Array.from({ length: 9 }, () => entry(1, 'hold', -1))
  const ids = (page: { entries: LedgerEntry[] }) => page.entries.map(({ id }) => id)
  const known = { entries: all.slice(2), hasMore: true }
  const joined = joinPages({ entries: all.slice(0, 4), hasMore: true }, known)
  assert.deepEqual(ids(joined), ids({ entries: all }))
  const apart = joinPages({ entries: all.slice(0, 2), hasMore: true }, known)
  assert.deepEqual(ids(apart), ids({ entries: all.slice(0, 2) }), 'what lies between is not known')
  assert.deepEqual(joinPages(known, undefined), known)
})
