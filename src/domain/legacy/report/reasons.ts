import type { Note } from '../rules/note.ts'

/** So many keys of a reason stand on the page; the JSON has all of them. */
const KEYS_SHOWN_MAX = 20

/** How often rows of a table had one outcome for one reason. */
export interface ReasonCount {
  table: Note['table']
  outcome: Note['outcome']
  reason: Note['reason']
  count: number
}

export interface ReasonLine extends ReasonCount {
  firstKeys: string[]
}

/** Counts the rows that pass; they themselves are not kept. */
export class Reasons {
  readonly #lines = new Map<string, ReasonLine>()

  add({ table, key, outcome, reason }: Note): void {
    const name = `${table} ${outcome} ${reason}`
    const line = this.#lines.get(name) ?? { table, outcome, reason, count: 0, firstKeys: [] }
    line.count += 1
    if (line.firstKeys.length < KEYS_SHOWN_MAX) line.firstKeys.push(key)
    this.#lines.set(name, line)
  }

  /** By table, the most frequent first. */
  lines(): ReasonLine[] {
    return [...this.#lines.values()].toSorted(
      (one, other) =>
        one.table.localeCompare(other.table) || other.count - one.count || one.reason.localeCompare(other.reason),
    )
  }

  counts(): ReasonCount[] {
    return this.lines().map(({ firstKeys: _, ...count }) => count)
  }
}
