import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { Cause, SkipReason } from './kinds.ts'

/** Whatever was not asked for is given up after this long (delivery/patience.ts), so nothing older is under way. */
const UNDER_WAY_HOURS = 2

/**
 * Writes down that something is said (`skipped` null), or why it is not; false when either was written before. The
 * caller holds the user's row lock.
 */
export async function noteInitiative(
  tx: Executor,
  userId: string,
  { kind, cause }: Cause,
  skipped: SkipReason | null,
): Promise<boolean> {
  const { rows } = await sql<{ cause: string }>`
    INSERT INTO initiatives (user_id, kind, cause, skipped) VALUES (${userId}, ${kind}, ${cause}, ${skipped})
    ON CONFLICT DO NOTHING RETURNING cause
  `.execute(tx)
  return rows.length > 0
}

/** Which line of the history it became. */
export async function noteLine(tx: Executor, userId: string, { kind, cause }: Cause, messageId: string): Promise<void> {
  await sql`
    UPDATE initiatives SET message_id = ${messageId} WHERE user_id = ${userId} AND kind = ${kind} AND cause = ${cause}
  `.execute(tx)
}

/** The lines that the person did not ask for and that may still be on their way. */
export async function latestUnasked(db: Executor, userId: string): Promise<string[]> {
  const { rows } = await sql<{ message_id: string }>`
    SELECT message_id FROM initiatives WHERE user_id = ${userId} AND skipped IS NULL AND kind <> 'reminder'
      AND at > now() - make_interval(hours => ${UNDER_WAY_HOURS}) AND message_id IS NOT NULL
  `.execute(db)
  return rows.map(({ message_id }) => message_id)
}
