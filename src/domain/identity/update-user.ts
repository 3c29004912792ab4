import type { User } from '#contract/api'
import type { Locale } from '#contract/words'
import type { Executor } from '#platform/postgres'
import { isQuietHours } from './quiet-hours.ts'
import { canonicalTimeZone } from './user.ts'
import { writeUser } from './user-store.ts'

export interface UserChanges {
  locale?: Locale | undefined
  /** A name that `isTimeZone` accepts. */
  timezone?: string | undefined
  /** Once confirmed, the first time stands. */
  adult?: true | undefined
  /** Whether the companion may write first. */
  proactiveEnabled?: boolean | undefined
  /** What `isQuietHours` accepts. */
  quietHours?: string | undefined
  /** Credits of all types together that the person allows themselves a day; null takes the limit away. */
  dailyCap?: number | null | undefined
}

/**
 * Changes what the user may change and returns the user as it now is; null when there is no such living user.
 * @throws RangeError for a time zone that nobody knows, or hours that are none
 */
export async function updateUser(executor: Executor, userId: string, changes: UserChanges): Promise<User | null> {
  if (changes.quietHours !== undefined && !isQuietHours(changes.quietHours)) throw new RangeError('no quiet hours')
  return writeUser(executor, userId, {
    locale: changes.locale ?? null,
    timezone: changes.timezone === undefined ? null : canonicalTimeZone(changes.timezone),
    adult: changes.adult === true,
    proactiveEnabled: changes.proactiveEnabled ?? null,
    quietHours: changes.quietHours ?? null,
    dailyCap: changes.dailyCap,
  })
}
