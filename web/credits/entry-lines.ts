import type { LedgerEntry } from '#contract/api'

/** Reasons of which several in a row are one line: nobody wants to read forty replies one by one. */
const GATHERED = new Set(['hold', 'release', 'refund'])

/** One entry as people read it, or several of one kind with one companion. */
export interface EntryLine extends LedgerEntry {
  count: number
}

export interface EntryDay {
  date: Date
  lines: EntryLine[]
}

/** Entries, newest first, as lines under the reader's own days. A line has the id and the message of its newest entry. */
export function entryDays(entries: readonly LedgerEntry[]): EntryDay[] {
  const days: EntryDay[] = []
  for (const entry of entries) {
    const date = new Date(entry.createdAt)
    const known = days.at(-1)
    const day = known && known.date.toDateString() === date.toDateString() ? known : { date, lines: [] }
    if (day !== known) days.push(day)
    const line = day.lines.at(-1)
    if (line && isMore(line, entry)) {
      line.amount += entry.amount
      line.count += 1
    } else {
      day.lines.push({ ...entry, count: 1 })
    }
  }
  return days
}

function isMore(line: EntryLine, { reason, type, persona }: LedgerEntry): boolean {
  return GATHERED.has(reason) && line.reason === reason && line.type === type && line.persona?.id === persona?.id
}
