import type { Hold, ModelBudget } from '#platform/llm'
import { createDayBook, type DayBookDeps } from './day-book.ts'
import { type Amount, amountOf, type DayCap, MICROS } from './day-cap.ts'

export type DayBudgetDeps = Omit<DayBookDeps, 'ceiling'> & { cap: DayCap }

const NOTHING: Amount = { tokens: 0, micros: 0 }

/**
 * Holds what a call may take at most before the model is asked, and settles it after, over all processes. What a killed
 * process held stays held: its calls may have cost as much. `hold` throws when the database is away.
 */
export function createDayBudget({ cap, ...deps }: DayBudgetDeps): ModelBudget {
  const micros = cap.budget === null ? null : Math.floor(cap.budget * MICROS)
  const book = createDayBook({ ...deps, ceiling: { tokens: cap.tokens, micros } })

  function open(first: Amount & { day: string }): Hold {
    const holds = [first]
    return {
      async extend(outputTokens) {
        const more = amountOf({ input: 0, output: outputTokens }, cap)
        const day = await book.hold(more)
        if (day !== null) holds.push({ day, ...more })
        return day !== null
      },
      async settle(use) {
        // All of it counts on the day of the first; what was held after midnight is only given back.
        const settling = holds.map(({ day, ...held }, index) =>
          book.settle({ day, held, spent: index === 0 ? amountOf(use, cap) : NOTHING }),
        )
        await Promise.all(settling)
      },
    }
  }

  return {
    async hold(most) {
      const held = amountOf(most, cap)
      const day = await book.hold(held)
      return day === null ? null : open({ day, ...held })
    },
  }
}
