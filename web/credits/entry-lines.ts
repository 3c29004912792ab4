import type { CreditType } from '#contract/words'
import type { CreditEntry } from './queries.ts'

/** Several entries of one kind in a row are one line: nobody wants to read forty replies one by one. */
export interface EntryLine {
  /** The newest of its entries. */
  id: string
  reason: string
  type: CreditType
  amount: number
  count: number
}

export interface EntryDay {
  date: Date
  lines: EntryLine[]
}

/** Entries, newest first, as lines under the reader's own days. */
export function entryDays(entries: readonly CreditEntry[]): EntryDay[] {
  const days: EntryDay[] = []
  for (const { id, reason, type, amount, createdAt } of entries) {
    const date = new Date(createdAt)
    const known = days.at(-1)
    const day = known && known.date.toDateString() === date.toDateString() ? known : { date, lines: [] }
    if (day !== known) days.push(day)
    const line = day.lines.at(-1)
    if (line && line.reason === reason && line.type === type) {
      line.amount += amount
      line.count += 1
    } else {
      day.lines.push({ id, reason, type, amount, count: 1 })
    }
  }
  return days
}
