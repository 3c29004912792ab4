import type { Credits } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import type { LegacyCredits } from '../source/read-households.ts'
import type { TakeNote } from './note.ts'

/** What a column of ours holds. */
const CREDITS_MAX = 2_147_483_647

/** What somebody's purses hold: as it stands in the old house, and what of it counts here. */
export interface Purses {
  read: Credits
  counted: Credits
  /** What counts, by profile. */
  byProfile: Map<string, Credits>
}

/** The credits of all profiles of a person together; what is negative or no number of credits counts as none. */
export function readCredits(purses: readonly LegacyCredits[], note: TakeNote): Purses {
  const read = amounts(() => 0)
  const counted = amounts(() => 0)
  const byProfile = new Map<string, Credits>()
  for (const purse of purses) {
    const own = amounts(() => 0)
    byProfile.set(purse.userId ?? '', own)
    let wrong: 'null_credits' | 'negative_credits' | 'invalid_credits' | null = null
    for (const type of CREDIT_TYPES) {
      const amount = purse[type] === null ? null : Number(purse[type])
      if (amount === null) wrong ??= 'null_credits'
      else if (!Number.isSafeInteger(amount)) wrong ??= 'invalid_credits'
      else {
        read[type] += amount
        if (amount < 0) wrong ??= 'negative_credits'
        else if (counted[type] + amount > CREDITS_MAX) wrong ??= 'invalid_credits'
        else {
          counted[type] += amount
          own[type] = amount
        }
      }
    }
    if (wrong) note({ table: 'user_credits', key: purse.userId ?? '', outcome: 'repaired', reason: wrong })
  }
  return { read, counted, byProfile }
}

/** The same of purses that are nobody's. */
export function sumOf(purses: readonly LegacyCredits[]): Credits {
  return amounts((type) =>
    purses.reduce((sum, purse) => sum + (Number.isSafeInteger(Number(purse[type])) ? Number(purse[type]) : 0), 0),
  )
}

function amounts(of: (type: keyof Credits) => number): Credits {
  return { basic: of('basic'), pro: of('pro'), cassandra: of('cassandra') }
}
