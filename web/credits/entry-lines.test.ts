import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entryDays } from './entry-lines.ts'
import { type CreditEntry, joinPages } from './queries.ts'

let lastId = 100
function entry(day: number, reason: string, amount: number, type: CreditEntry['type'] = 'basic'): CreditEntry {
  lastId -= 1
  return { id: String(lastId), reason, amount, type, createdAt: new Date(2026, 2, day, 12).toISOString() }
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

test('no entries, no days', () => {
  assert.deepEqual(entryDays([]), [])
})

test('a new page on top of the known ones leaves no gap and doubles nothing', () => {
  const all = Array.from({ length: 9 }, () => entry(1, 'hold', -1))
  const ids = (page: { entries: CreditEntry[] }) => page.entries.map(({ id }) => id)
  const known = { entries: all.slice(2), hasMore: true }
  const joined = joinPages({ entries: all.slice(0, 4), hasMore: true }, known)
  assert.deepEqual(ids(joined), ids({ entries: all }))
  const apart = joinPages({ entries: all.slice(0, 2), hasMore: true }, known)
  assert.deepEqual(ids(apart), ids({ entries: all.slice(0, 2) }), 'what lies between is not known')
  assert.deepEqual(joinPages(known, undefined), known)
})
