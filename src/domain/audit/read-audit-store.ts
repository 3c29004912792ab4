import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** More than a person does in years; the rest is the oldest. */
const EVENTS_READ_MAX = 5_000

/** What was done to somebody's logins and by them, newest first; where it came from is a keyed hash and not told. */
export async function readAudit(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT kind, details, happened_at AS "happenedAt" FROM audit_events
    WHERE user_id = ${userId} ORDER BY id DESC LIMIT ${EVENTS_READ_MAX}
  `.execute(db)
  return rows
}
