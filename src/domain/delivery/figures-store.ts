import { type RawBuilder, sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** What a look at the queue tells; nobody needs to know how much more than `countMax` there is. */
export interface QueueFigures {
  /** Up to `countMax`. */
  open: number
  /** Since the oldest one was owed; 0 without any. */
  oldestSeconds: number
}

/**
 * How many deliveries are under way, and how long the oldest one that somebody waits for. What nobody asked for waits
 * its turn behind all others and has a deadline of its own.
 */
export async function deliveryFigures(db: Executor, countMax: number): Promise<QueueFigures> {
  // In the order of an index: without one the planner may look through the whole table for the first few.
  const open = (purpose: RawBuilder<unknown>, limit: number) => sql`
    SELECT owed_at FROM deliveries WHERE due_at IS NOT NULL AND ${purpose} ORDER BY owed_at LIMIT ${limit}`
  const [waitedFor, unasked] = [sql`purpose <> 'proactive'`, sql`purpose = 'proactive'`]
  const { rows } = await sql<{ open: number; oldest_seconds: number | null }>`
    SELECT
      least(${countMax}, (SELECT count(*) FROM (${open(waitedFor, countMax)}) AS few)
                       + (SELECT count(*) FROM (${open(unasked, countMax)}) AS few))::integer AS open,
      greatest(0, extract(epoch FROM clock_timestamp() - (${open(waitedFor, 1)})))::float8 AS oldest_seconds
  `.execute(db)
  return { open: rows[0]?.open ?? 0, oldestSeconds: rows[0]?.oldest_seconds ?? 0 }
}

/** How many deliveries that nobody asked for are under way, counted up to `countMax`. */
export async function openUnasked(db: Executor, countMax: number): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    SELECT count(*)::integer AS open FROM (
      SELECT FROM deliveries WHERE due_at IS NOT NULL AND purpose = 'proactive' ORDER BY owed_at LIMIT ${countMax}
    ) AS few
  `.execute(db)
  return rows[0]?.open ?? 0
}
