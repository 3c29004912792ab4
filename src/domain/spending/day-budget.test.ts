import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Hold } from '#platform/llm'
import { testDatabase } from '#test/database'
import { wholeFile } from '#test/scope'
import { silentLog } from '#test/silent-log'
import { createDayBudget, type DayCap, readToday } from './index.ts'

/** Each of these has its own groups, as processes have. */
const PROCESSES = 4
const CALLS_EACH = 60
const MOST = { input: 2_200, output: 800 }
const FREE: DayCap = { tokens: null, budget: null, inputPrice: 0, outputPrice: 0 }

const { db } = await testDatabase(wholeFile)

const open = (cap: Partial<DayCap>) => createDayBudget({ db, hastyDb: db, cap: { ...FREE, ...cap }, log: silentLog })

async function freshDay(): Promise<void> {
  await sql`DELETE FROM model_days`.execute(db)
}

const granted = (holds: (Hold | null)[]) => holds.filter((hold) => hold !== null)

async function held(): Promise<number> {
  const { rows } = await sql<{ held: number }>`SELECT sum(tokens_held)::float8 AS held FROM model_days`.execute(db)
  return rows[0]?.held ?? 0
}

test('many calls of many processes at once at the cap: as many as fit are granted, and not one more', async () => {
  await freshDay()
  const budgets = Array.from({ length: PROCESSES }, () => open({ tokens: 300_000 }))
  const asked = budgets.flatMap((budget) => Array.from({ length: CALLS_EACH }, () => budget.hold(MOST)))
  const holds = granted(await Promise.all(asked))
  assert.equal(holds.length, 100)
  assert.equal((await readToday(db)).tokens, 300_000)
  await Promise.all(holds.map((hold) => hold.settle({ input: 2_000, output: 100 })))
  assert.equal((await readToday(db)).tokens, 210_000, 'what was not taken is free again')
  assert.equal(await held(), 0)
  const again = granted(
    await Promise.all(Array.from({ length: CALLS_EACH }, () => open({ tokens: 300_000 }).hold(MOST))),
  )
  assert.equal(again.length, 30)
})

test('a day of calls that hold and settle side by side ends at the cap, never above it', async () => {
  await freshDay()
  const cap = 120_000
  const budgets = Array.from({ length: PROCESSES }, () => open({ tokens: cap }))
  let highest = 0
  const talk = async (budget: (typeof budgets)[number], number: number) => {
    for (let call = 0; call < CALLS_EACH; call += 1) {
      const hold = await budget.hold(MOST)
      if (!hold) return
      highest = Math.max(highest, (await readToday(db)).tokens)
      await hold.settle({ input: 1_500 + number, output: 40 })
    }
  }
  await Promise.all(budgets.flatMap((budget) => Array.from({ length: 8 }, (_, number) => talk(budget, number))))
  const { tokens } = await readToday(db)
  assert.ok(highest <= cap && tokens <= cap, `${highest} of ${cap}`)
  assert.ok(tokens > cap - MOST.input - MOST.output, `${tokens} are spent, and a whole call would still fit`)
})

test('money is counted by the prices of a million tokens, and the nearer of two caps holds', async () => {
  await freshDay()
  const prices = { inputPrice: 0.15, outputPrice: 0.6 }
  const budget = open({ budget: 0.01, ...prices })
  const holds = granted(await Promise.all(Array.from({ length: 20 }, () => budget.hold(MOST))))
  // 2,200 × 0.15 + 800 × 0.6 = 810 millionths.
  assert.equal(holds.length, 12)
  assert.deepEqual(await readToday(db), { tokens: 36_000, micros: 9_720 })
  await Promise.all(holds.map((hold) => hold.settle({ input: 0, output: 0 })))
  assert.notEqual(await open({ tokens: 3_000, budget: 0.01, ...prices }).hold(MOST), null)
  assert.equal(await open({ tokens: 3_000, budget: 1, ...prices }).hold(MOST), null)
})

test('an answer that grows beyond what was asked for holds more, as long as there is room', async () => {
  await freshDay()
  const budget = open({ tokens: 4_000 })
  const hold = await budget.hold(MOST)
  assert.equal(await hold?.extend(800), true)
  assert.equal(await hold?.extend(800), false)
  assert.equal((await readToday(db)).tokens, 3_800)
  await hold?.settle({ input: 2_200, output: 1_500 })
  assert.equal((await readToday(db)).tokens, 3_700)
  assert.equal(await held(), 0)
})

test('a new day begins empty', async () => {
  await freshDay()
  const budget = open({ tokens: 3_000 })
  const hold = await budget.hold(MOST)
  assert.equal(await budget.hold(MOST), null)
  await sql`UPDATE model_days SET day = day - 1`.execute(db)
  assert.notEqual(await budget.hold(MOST), null)
  assert.equal((await readToday(db)).tokens, 3_000)
  assert.ok(hold)
})
