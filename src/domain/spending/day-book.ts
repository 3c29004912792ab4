import type { Log } from '#platform/log'
import type { Executor } from '#platform/postgres'
import type { Amount } from './day-cap.ts'
import { type Ceiling, holdToday, settleDay } from './day-store.ts'

interface Want extends Amount {
  answer(day: string | null): void
  fail(error: unknown): void
}

interface Due {
  day: string
  held: Amount
  spent: Amount
  done(): void
}

export interface DayBookDeps {
  db: Executor
  /** For settlings, which a crash of the server may forget: what was held then counts. */
  hastyDb: Executor
  ceiling: Ceiling
  log: Log
}

export interface DayBook {
  /** The day on which it is held; null where it does not fit. Throws when the database is away. */
  hold(amount: Amount): Promise<string | null>
  /** Never throws: a settling that fails leaves the hold as it is. */
  settle(due: Omit<Due, 'done'>): Promise<void>
}

/**
 * The row of the day, written by one statement of this process at a time: whoever comes meanwhile goes into the next one
 * together, so that many replies at once do not queue for the row.
 */
export function createDayBook({ db, hastyDb, ceiling, log }: DayBookDeps): DayBook {
  const wants: Want[] = []
  const dues: Due[] = []
  let running = false

  async function run(): Promise<void> {
    if (running) return
    running = true
    while (wants.length + dues.length > 0) {
      // What becomes free makes room for what is wanted.
      await settleAll(hastyDb, dues.splice(0), log)
      await holdAll(db, wants.splice(0), ceiling)
    }
    running = false
  }

  return {
    hold: (amount) =>
      new Promise((answer, fail) => {
        wants.push({ ...amount, answer, fail })
        void run()
      }),
    settle: (due) =>
      new Promise((done) => {
        dues.push({ ...due, done })
        void run()
      }),
  }
}

async function settleAll(db: Executor, group: Due[], log: Log): Promise<void> {
  for (const [day, due] of Map.groupBy(group, ({ day }) => day)) {
    try {
      await settleDay(db, day, { held: sum(due.map(({ held }) => held)), spent: sum(due.map(({ spent }) => spent)) })
    } catch (error) {
      log.warn('spending.settle_failed', { error })
    }
  }
  for (const { done } of group) done()
}

async function holdAll(db: Executor, group: Want[], ceiling: Ceiling): Promise<void> {
  if (group.length === 0) return
  try {
    const { day, granted } = await holdToday(db, runningSums(group), ceiling)
    for (const [index, { answer }] of group.entries()) answer(index < granted ? day : null)
  } catch (error) {
    for (const { fail } of group) fail(error)
  }
}

function runningSums(amounts: readonly Amount[]): Amount[] {
  const all: Amount = { tokens: 0, micros: 0 }
  return amounts.map(({ tokens, micros }) => {
    all.tokens += tokens
    all.micros += micros
    return { ...all }
  })
}

function sum(amounts: readonly Amount[]): Amount {
  return runningSums(amounts).at(-1) ?? { tokens: 0, micros: 0 }
}
