import assert from 'node:assert/strict'
import pg from 'pg'
import { PLAN_BATCH_MAX, planAhead } from '#domain/proactive'
import { createDatabase } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import type { Row } from '../row.ts'
import { watchMemory } from '../watch-memory.ts'
import { withServer } from '../with-server.ts'
import { makeSilentPeople } from './silent-people.ts'

const PEOPLE = 1_000_000
const GOAL_SECONDS = 60
const OPTIONS = { afterMs: 72 * 3_600_000, quietHours: 'none', dailyCap: 1 }

/** A million people who said yes, all due at once: one process looks at all of them, and asks no model. */
export function planning(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const { db, pool, close } = createDatabase({ connectionString, maxConnections: 2, log: silentLog })
    await makeSilentPeople(pool, PEOPLE)
    const scans = await readPlan(connectionString)
    const memory = watchMemory()
    const start = performance.now()
    const looked = await planAhead({ db, engagement: OPTIONS, measure() {}, wake() {} }, new AbortController().signal)
    const seconds = (performance.now() - start) / 1_000
    const grownMb = memory.stop()
    const { rows } = await pool.query<{ ready: number }>(
      `SELECT count(*)::integer AS ready FROM engagements WHERE phase = 'writing'`,
    )
    await close()
    assert.equal(looked, PEOPLE - PLAN_BATCH_MAX, 'everybody was due, but those whom the plan was read with')
    const what = `planning ${PEOPLE.toLocaleString('en')} people`
    const row = { floor: null, better: 'less' as const }
    return [
      {
        ...row,
        what,
        value: seconds,
        unit: 's',
        goal: GOAL_SECONDS,
        note: `${rows[0]?.ready} to be written to; ${scans}`,
      },
      { ...row, what: `${what}, growth of the process`, value: grownMb, unit: 'MB', goal: null },
    ]
  })
}

/** Tidies up, and has PostgreSQL tell how it looks at one batch: by index everywhere, or this throws. */
async function readPlan(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  const told: string[] = []
  client.on('notice', ({ message }) => told.push(message ?? ''))
  await client.connect()
  try {
    // A connection of its own: on a million rows it takes longer than a pooled one may.
    await client.query('VACUUM ANALYZE')
    await client.query('CHECKPOINT')
    await client.query(`LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0;
      SET auto_explain.log_nested_statements = on; SET client_min_messages = log`)
    await client.query(
      `SELECT * FROM plan_engagements('-infinity', $1, $2 * interval '1 millisecond', 2, $3, $4, 'Europe/Moscow')`,
      [PLAN_BATCH_MAX, OPTIONS.afterMs, OPTIONS.quietHours, OPTIONS.dailyCap],
    )
  } finally {
    await client.end()
  }
  const plan = told.join('\n')
  const wholly = plan.match(/Seq Scan on \w+/g)
  assert.equal(wholly, null, plan)
  assert.match(plan, /Index Scan using engagements_due/, plan)
  return 'by index alone'
}
