import { sql } from 'kysely'
import type { QueueFigures } from '#domain/delivery'
import type { Executor } from '#platform/postgres'

/** How many turns are queued or running, up to `countMax`, and how long the oldest one. */
export async function turnFigures(db: Executor, countMax: number): Promise<QueueFigures> {
  const { rows } = await sql<{ open: number; oldest_seconds: number | null }>`
    SELECT
      (SELECT count(*)::integer FROM (
        SELECT FROM turns WHERE due_at IS NOT NULL ORDER BY queued_at LIMIT ${countMax}) AS few) AS open,
      (SELECT greatest(0, extract(epoch FROM clock_timestamp() - queued_at))::float8 FROM turns
       WHERE due_at IS NOT NULL ORDER BY queued_at LIMIT 1) AS oldest_seconds
  `.execute(db)
  return { open: rows[0]?.open ?? 0, oldestSeconds: rows[0]?.oldest_seconds ?? 0 }
}
