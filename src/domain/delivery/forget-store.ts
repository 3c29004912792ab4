import { sql } from 'kysely'
import { type Executor, sweep } from '#platform/postgres'

/** How each send went is of use to an operator for this long; that it came is told by the delivery itself. */
const ATTEMPTS_KEPT_DAYS = 90
/** What the bot itself said (menus, refusals): nobody asks for it any more, and it holds whose chat it was. */
const NOTICES_KEPT_DAYS = 90

/** Forgets how old deliveries were sent, and notices of long ago. A reply's delivery stays as long as the reply. */
export async function forgetOldDeliveries(db: Executor): Promise<void> {
  await sweep(
    db,
    (limit) => sql`
      DELETE FROM delivery_attempts WHERE ctid = ANY(ARRAY(
        SELECT a.ctid FROM delivery_attempts a JOIN deliveries d ON d.id = a.delivery_id
        WHERE a.started_at < now() - make_interval(days => ${ATTEMPTS_KEPT_DAYS}) AND d.due_at IS NULL LIMIT ${limit}))`,
  )
  await sweep(
    db,
    (limit) => sql`
      DELETE FROM deliveries WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM deliveries
        WHERE notice IS NOT NULL AND due_at IS NULL
          AND created_at < now() - make_interval(days => ${NOTICES_KEPT_DAYS}) LIMIT ${limit}))`,
  )
}
