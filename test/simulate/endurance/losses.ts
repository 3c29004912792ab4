import { type Kysely, sql } from 'kysely'
import type { Database } from '#platform/postgres'
import { waitFor } from '../../harness/wait-for.ts'
import type { Court } from './court.ts'

/** PostgreSQL may be recovering at the moment of a kill. */
const LOOK_DEADLINE_MS = 5_000
/** How long a lease goes on after its holder last renewed it (LEASE_MS of the workers). */
const LEASE_MS = 20_000
/** What a killed worker was writing is done by another one within this time (SPEC, edge cases). */
const RECOVERED_MAX_SECONDS = 30
/** Of fewer turns the 99th of a hundred says nothing. */
const JUDGED_MIN = 100
const MS = 1_000
const SHARES = { p50: 0.5, p99: 0.99, longest: 1 }

/** What was being worked on when somebody was killed, and when it was done after that. */
export interface Losses {
  /** Right after a kill: writes down which leases stand. Those that nobody lives to hold are taken over later. */
  note(): Promise<void>
  tell(court: Court): Promise<void>
}

/** A lease as it stood after one kill. All times are the database's. */
interface Standing {
  turnId: string
  token: number
  atMs: number
  untilMs: number
}

interface Finished {
  id: string
  token: number
  atMs: number
}

export function watchLosses(db: Kysely<Database>): Losses {
  const standing: Standing[] = []
  return {
    async note() {
      const look = async () => ({ rows: await leasesNow(db) })
      const { rows } = await waitFor(look, { deadlineMs: LOOK_DEADLINE_MS }).catch(() => ({ rows: [] }))
      standing.push(...rows)
    },
    async tell(court) {
      const seconds: number[] = []
      const byTurn = Map.groupBy(standing, ({ turnId }) => turnId)
      for (const turn of await finishedTurns(db)) {
        const losses = lossesOf(byTurn.get(turn.id) ?? [], turn)
        court.count('recovery', 'kills that hit a turn', losses.length)
        if (losses.length > 0) seconds.push((turn.atMs - Math.max(...losses)) / MS)
      }
      court.count('recovery', 'turns taken over', seconds.length)
      for (const [name, share] of Object.entries(SHARES)) {
        court.count('recovery', `${name} s`, Math.round(quantile(seconds, share) * 10) / 10)
      }
      const p99 = quantile(seconds, SHARES.p99)
      if (seconds.length >= JUDGED_MIN && p99 > RECOVERED_MAX_SECONDS) {
        court.find('Work of the killed came back too late', { p99 })
      }
    },
  }
}

/**
 * When the holders of this turn were killed. Of a lease that somebody else took over, the holder died at the first kill after
 * it last renewed it, or a little later: of two kills in between, the longer recovery counts.
 */
function lossesOf(standing: readonly Standing[], { token: last }: Finished): number[] {
  const leases = Map.groupBy(standing, ({ token }) => token)
  return [...leases].flatMap(([token, seen]) => {
    if (token >= last) return []
    const renewedMs = Math.max(...seen.map(({ untilMs }) => untilMs)) - LEASE_MS
    return Math.min(...seen.map(({ atMs }) => atMs).filter((atMs) => atMs >= renewedMs))
  })
}

async function leasesNow(db: Kysely<Database>): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    SELECT id AS "turnId", lease_token::integer AS token, extract(epoch FROM clock_timestamp())::float8 * 1000 AS "atMs",
      extract(epoch FROM due_at)::float8 * 1000 AS "untilMs"
    FROM turns WHERE lease_token > 0 AND due_at > now() AND due_at < 'infinity'
  `.execute(db)
  return rows
}

async function finishedTurns(db: Kysely<Database>): Promise<Finished[]> {
  const { rows } = await sql<Finished>`
    SELECT id, lease_token::integer AS token, extract(epoch FROM finished_at)::float8 * 1000 AS "atMs"
    FROM turns WHERE finished_at IS NOT NULL
  `.execute(db)
  return rows
}

/** The value that this share of all does not exceed; 0 of none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
