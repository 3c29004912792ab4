import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { countReply, createDayBudget } from '#domain/spending'
import { createDatabase } from '#platform/postgres'
import { silentLog } from '../test/harness/silent-log.ts'
import { percentile } from './measure.ts'
import type { Row } from './row.ts'
import { withServer } from './with-server.ts'

/** As many as a process has for all but accepting. */
const CONNECTIONS = 12
const CALLS = 1_000
const WARM_UP_CALLS = 50
/** As many replies as a process writes at once, in each of so many processes. */
const REPLIES_AT_ONCE = 64
const PROCESSES = 2
const ROUNDS = 40
const MOST = { input: 3_000, output: 800 }
const TOOK = { input: 2_400, output: 120 }

/**
 * What a cap of the day costs a reply: the hold before the model is asked and the settling after it. One after the other,
 * where it is a wait; and as many at once as two processes write, where it is the one row that all of them need. Without
 * a cap there is neither. Counting a reply for its person is there always: one statement more in its last transaction.
 */
export function holds(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const open = (hasty: boolean) =>
      createDatabase({ connectionString, maxConnections: CONNECTIONS, log: silentLog, hasty })
    const databases = Array.from({ length: PROCESSES }, () => ({ sure: open(false), hasty: open(true) }))
    const cap = { tokens: 1_000_000_000_000, budget: 1_000_000, inputPrice: 0.15, outputPrice: 0.6 }
    const budgets = databases.map(({ sure, hasty }) =>
      createDayBudget({ db: sure.db, hastyDb: hasty.db, cap, log: silentLog }),
    )
    const [first] = budgets
    const [database] = databases
    if (!first || !database) throw new Error('there is no process')
    const userId = randomUUID()
    const waits: { held: number; settled: number; query: number; counted: number }[] = []
    for (let call = 0; call < WARM_UP_CALLS + CALLS; call += 1) {
      const timed = await timeOne(first)
      const start = performance.now()
      await sql`SELECT 1`.execute(database.sure.db)
      const middle = performance.now()
      // Its commit is the transaction's, so it is not waited for here.
      await countReply(database.hasty.db, userId, TOOK.input + TOOK.output)
      const own = { query: middle - start, counted: performance.now() - middle }
      if (call >= WARM_UP_CALLS) waits.push({ ...timed, ...own })
    }
    const startMs = performance.now()
    const crowd = budgets.flatMap((budget) => Array.from({ length: REPLIES_AT_ONCE }, () => talk(budget)))
    const heldMs = (await Promise.all(crowd)).flat()
    const perSecond = heldMs.length / ((performance.now() - startMs) / 1_000)
    await Promise.all(databases.flatMap(({ sure, hasty }) => [sure.close(), hasty.close()]))
    const p50 = (of: keyof (typeof waits)[number]) =>
      percentile(
        waits.map((wait) => wait[of]),
        0.5,
      )
    const row = { unit: 'ms', floor: null, goal: null, better: 'less' as const }
    const beside = `settled after it in ${p50('settled').toFixed(2)} ms; an empty query ${p50('query').toFixed(2)} ms`
    const crowded = `${PROCESSES} × ${REPLIES_AT_ONCE} replies at once, ${Math.round(perSecond)} holds and settlings a second`
    return [
      { ...row, what: 'hold of a reply under a cap of the day, p50', value: p50('held'), note: beside },
      {
        ...row,
        what: 'the same in a crowd that does nothing else, p99',
        value: percentile(heldMs, 0.99),
        note: crowded,
      },
      { ...row, what: 'counting a reply for its person, p50', value: p50('counted'), note: 'with or without a cap' },
    ]
  })
}

async function timeOne(budget: ReturnType<typeof createDayBudget>): Promise<{ held: number; settled: number }> {
  const start = performance.now()
  const hold = await budget.hold(MOST)
  const middle = performance.now()
  await hold?.settle(TOOK)
  return { held: middle - start, settled: performance.now() - middle }
}

async function talk(budget: ReturnType<typeof createDayBudget>): Promise<number[]> {
  const heldMs: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) heldMs.push((await timeOne(budget)).held)
  return heldMs
}
