import { type Kysely, sql } from 'kysely'
import type { Database } from '#platform/postgres'
import { waitFor } from '../../harness/wait-for.ts'
import type { Court } from './court.ts'

/** PostgreSQL may be recovering at the moment of a kill. */
const LOOK_DEADLINE_MS = 5_000
/** What a killed worker was writing is done by another one within this time (SPEC, edge cases). */
const RECOVERED_MAX_SECONDS = 30
const MS = 1_000
const SHARES = { p50: 0.5, p99: 0.99, longest: 1 }

/** What was being worked on when somebody was killed, and when it was done after that. */
export interface Losses {
  /** Right after a kill: writes down which leases are held. Those that nobody lives to hold are taken over later. */
  note(): Promise<void>
  tell(court: Court): Promise<void>
}

/** One lease, as first seen after a kill. */
interface Held {
  turnId: string
  token: number
  seenMs: number
}

export function watchLosses(db: Kysely<Database>): Losses {
  const held = new Map<string, Held>()
  return {
    async note() {
      const look = async () => ({ rows: await heldNow(db) })
      const seen = await waitFor(look, { deadlineMs: LOOK_DEADLINE_MS }).catch(() => ({ rows: [] }))
      // Seen before and seen again: the holder may have died at either moment, so the longer time counts.
      for (const row of seen.rows)
        if (!held.has(`${row.turnId} ${row.token}`)) held.set(`${row.turnId} ${row.token}`, row)
    },
    async tell(court) {
      const done = await finishedTurns(db)
      const lost = [...held.values()].filter(({ turnId, token }) => (done.get(turnId)?.token ?? token) > token)
      const lastLossMs = new Map<string, number>()
      for (const { turnId, seenMs } of lost) lastLossMs.set(turnId, Math.max(seenMs, lastLossMs.get(turnId) ?? 0))
      const seconds = [...lastLossMs].map(([turnId, ms]) => ((done.get(turnId)?.finishedMs ?? ms) - ms) / MS)
      const figures = Object.entries(SHARES).map(([name, share]) => [name, quantile(seconds, share)] as const)
      court.count('recovery', 'turns taken over', lastLossMs.size)
      court.count('recovery', 'more than once', lost.length - lastLossMs.size)
      for (const [name, figure] of figures) court.count('recovery', `${name} s`, Math.round(figure * 10) / 10)
      const p99 = quantile(seconds, SHARES.p99)
      if (p99 > RECOVERED_MAX_SECONDS) court.find('Work of the killed came back too late', { p99 })
    },
  }
}

async function heldNow(db: Kysely<Database>): Promise<Held[]> {
  const { rows } = await sql<Held>`
    SELECT id AS "turnId", lease_token::integer AS token, extract(epoch FROM clock_timestamp())::float8 * 1000 AS "seenMs"
    FROM turns WHERE lease_token > 0 AND due_at > now() AND due_at < 'infinity'
  `.execute(db)
  return rows
}

async function finishedTurns(db: Kysely<Database>): Promise<Map<string, { token: number; finishedMs: number }>> {
  const { rows } = await sql<{ id: string; token: number; finishedMs: number }>`
    SELECT id, lease_token::integer AS token, extract(epoch FROM finished_at)::float8 * 1000 AS "finishedMs"
    FROM turns WHERE finished_at IS NOT NULL
  `.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The value that this share of all does not exceed; 0 of none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
