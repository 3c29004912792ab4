import { sql } from 'kysely'
import { type Executor, sweep } from '#platform/postgres'

/** Long enough for an operator to see who used how much in a month; the days of everybody together stay. */
const USER_DAYS_KEPT_DAYS = 35

/** Forgets how much each person used on days of long ago. */
export async function forgetOldDays(db: Executor): Promise<void> {
  await sweep(
    db,
    (limit) => sql`
      DELETE FROM user_days WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM user_days WHERE day < current_date - ${USER_DAYS_KEPT_DAYS}::integer LIMIT ${limit}))`,
  )
}
