import type { Queue } from './queue.ts'

const IDENTIFIER = /^[a-z_][a-z0-9_]*$/
const COMPARISON = /^[a-z_][a-z0-9_]* (=|<>) '[a-z_]*'$/

/** The SQL of one queue. Parameters: the key's columns first, then what the statement's comment names. */
export interface LeaseStatements {
  /** Instead of a key: how many, lease in milliseconds. */
  take: string
  /** Then: token, leased_until, lease in milliseconds. */
  renew: string
  /** Then: token, leased_until, pause in milliseconds, attempts to take off the count. */
  giveBack: string
}

export function leaseStatements({
  table,
  key,
  columns,
  condition,
  begunFirst = false,
}: Queue<object & Record<never, never>>): LeaseStatements {
  const keys = [...key] as string[]
  const shown = [...new Set([...keys, ...(columns as readonly string[])])]
  for (const name of [table, ...shown]) if (!IDENTIFIER.test(name)) throw new TypeError(`${name} is no column or table`)
  if (condition !== undefined && !COMPARISON.test(condition)) throw new TypeError(`${condition} is no comparison`)
  if (keys.length === 0) throw new TypeError(`the queue ${table} needs a key`)
  const token = keys.length + 1
  const sameRow = keys.map((name, index) => `${name} = $${index + 1}`).join(' AND ')
  // due_at must still be what the lease wrote: a row that its worker has settled already is not moved any more.
  const stillHeld = `${sameRow} AND lease_token = $${token} AND due_at = $${token + 1}::timestamptz`
  const dueRows: DueRows = (which, limit) => `
    SELECT ctid FROM ${table} WHERE due_at <= now() AND ${condition ?? 'true'} AND ${which} ORDER BY due_at LIMIT ${limit}
    FOR UPDATE SKIP LOCKED`
  return {
    // By the place in the table: by key a kept plan, which knows no limit, may look through all of it for the few.
    // A row that moved between the two is not taken now; it comes with the next.
    take: `
      WITH ${begunFirst ? dueBegunFirst(dueRows) : `due AS MATERIALIZED (${dueRows('true', '$1')})`}
      UPDATE ${table} AS job
      SET due_at = now() + $2 * interval '1 millisecond', lease_token = lease_token + 1, lease_attempts = lease_attempts + 1
      WHERE ctid = ANY (ARRAY(SELECT ctid FROM due))
      RETURNING ${shown.map((name) => `job.${name}`).join(', ')}, lease_token, lease_attempts, due_at::text AS leased_until`,
    renew: `
      WITH renewed AS (
        UPDATE ${table} SET due_at = now() + $${token + 2} * interval '1 millisecond' WHERE ${stillHeld}
        RETURNING due_at::text AS leased_until
      )
      SELECT (SELECT leased_until FROM renewed) AS leased_until,
             EXISTS (SELECT FROM ${table} WHERE ${sameRow} AND lease_token = $${token}) AS own`,
    giveBack: `
      UPDATE ${table}
      SET due_at = now() + $${token + 2} * interval '1 millisecond', lease_attempts = lease_attempts - $${token + 3}
      WHERE ${stillHeld}`,
  }
}

/** The SQL of due rows of which `which` is true. */
type DueRows = (which: string, limit: string) => string

function dueBegunFirst(dueRows: DueRows): string {
  return `
    begun AS MATERIALIZED (${dueRows('lease_attempts > 0', '$1')}),
    fresh AS MATERIALIZED (${dueRows('lease_attempts = 0', '$1 - (SELECT count(*) FROM begun)')}),
    due AS (SELECT ctid FROM begun UNION ALL SELECT ctid FROM fresh)`
}
