import assert from 'node:assert/strict'
import type { Inhabitant, Target } from './read-target.ts'

/** The moment of a run lies between these: far from all times of the old house. */
const [NOW_FROM, NOW_UNTIL] = ['2026', '2090']

export type Contents = Awaited<ReturnType<typeof contentsOf>>

/** All that a run brings, but for ids by chance and the moment of the run itself: the same for the same old house. */
export async function contentsOf(target: Target) {
  const books = await target.ask(
    'SELECT user_id, type, amount, from_account, to_account, reason FROM ledger_transfers ORDER BY 1, 2, 3, 4, 5, 6',
  )
  const arrivals = await target.ask('SELECT legacy_id, user_id FROM legacy_profiles ORDER BY 1')
  const welcomed = await target.ask(`SELECT encode(identity_hash, 'hex') AS hash FROM welcome_grants ORDER BY 1`)
  const keys = await target.ask('SELECT user_id FROM user_keys ORDER BY 1')
  const users = (await target.inhabitants()).map(withoutNow)
  return { users, books, arrivals, welcomed, keys, rows: await target.outcomes() }
}

/** Row by row, so that the first one that differs is told and not all of them. */
export async function compareContents(target: Target, expected: Contents): Promise<void> {
  const found = await contentsOf(target)
  for (const [part, rows] of Object.entries(expected)) {
    const there: readonly unknown[] = found[part as keyof Contents]
    assert.equal(there.length, rows.length, part)
    for (const [index, row] of rows.entries()) assert.deepEqual(there[index], row, `${part} ${index}`)
  }
}

/** Who had no time got that of the run. */
function withoutNow(one: Inhabitant): Inhabitant {
  const told = (time: string) => (time > NOW_FROM && time < NOW_UNTIL ? 'now' : time)
  return {
    ...one,
    createdAt: told(one.createdAt),
    spokeAt: one.spokeAt && told(one.spokeAt),
    lines: one.lines.map((line) => ({ ...line, at: told(line.at) })),
    talks: one.talks.map((talk) => ({
      ...talk,
      startedAt: told(talk.startedAt),
      archivedAt: talk.archivedAt && told(talk.archivedAt),
    })),
  }
}
