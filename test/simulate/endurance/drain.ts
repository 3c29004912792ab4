import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Database } from '#platform/postgres'
import type { Sandbox } from '#sandbox'
import type { Court } from './court.ts'

/** After the last kill everything is to be finished within this time. */
const DRAINED_MAX_MS = 60_000
/** Often enough for the figure, and no load of its own. */
const LOOK_EVERY_MS = 250
const SHOWN_OPEN_MAX = 5
const MS = 1_000

interface Open {
  what: string
  id: string
  state: string
  lease_token: number
  due_at: string
}

/** Waits until nothing is owed to anybody. `sinceMs`: the last kill, in the time of `performance.now()`. */
export async function awaitDrained(
  { db, sandbox, court }: { db: Kysely<Database>; sandbox: Sandbox; court: Court },
  sinceMs: number,
): Promise<void> {
  for (;;) {
    const updates = sandbox.telegram.pendingUpdates().length
    // PostgreSQL may be recovering still.
    const open = await openRows(db).catch(() => null)
    const tookMs = performance.now() - sinceMs
    if (updates === 0 && open?.length === 0) {
      court.count('drain', 'seconds after the last kill', Math.round(tookMs / (MS / 10)) / 10)
      return
    }
    if (tookMs > DRAINED_MAX_MS) {
      const left = { updates, rows: open?.length, some: open?.slice(0, SHOWN_OPEN_MAX) }
      court.find(`Not everything was finished ${DRAINED_MAX_MS / MS} s after the last kill`, left)
      return
    }
    await sleep(LOOK_EVERY_MS)
  }
}

async function openRows(db: Kysely<Database>): Promise<Open[]> {
  const { rows } = await sql<Open>`
    SELECT 'turn' AS what, id, state, lease_token, due_at::text FROM turns WHERE due_at IS NOT NULL
    UNION ALL
    SELECT 'delivery for ' || purpose, id, state, lease_token, due_at::text FROM deliveries WHERE due_at IS NOT NULL
  `.execute(db)
  return rows
}
