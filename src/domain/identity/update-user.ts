import type { User } from '#contract/api'
import type { Locale } from '#contract/words'
import type { Executor } from '#platform/postgres'
import { isTimeZone } from './user.ts'
import { writeUser } from './user-store.ts'

export interface UserChanges {
  locale?: Locale | undefined
  /** A name that `isTimeZone` accepts. */
  timezone?: string | undefined
  /** Once confirmed, the first time stands. */
  adult?: true | undefined
}

/**
 * Changes what the user may change and returns the user as it now is; null when there is no such living user.
 * @throws RangeError for a time zone that nobody knows
 */
export async function updateUser(executor: Executor, userId: string, changes: UserChanges): Promise<User | null> {
  if (changes.timezone !== undefined && !isTimeZone(changes.timezone)) throw new RangeError('unknown time zone')
  return writeUser(executor, userId, {
    locale: changes.locale ?? null,
    timezone: changes.timezone ?? null,
    adult: changes.adult === true,
  })
}
