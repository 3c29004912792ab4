import type { LegacyTable } from './legacy-tables.ts'

/** Where the value of a column comes from: a column of the source, one value for every row, or nowhere. */
export type ColumnSource = { column: string } | { constant: string | number } | null

export interface TableMapping {
  /** Null: wherever the search path of the connection finds the table. */
  schema: string | null
  name: string
  columns: Readonly<Record<string, ColumnSource>>
}

/** A mapping file with every default filled in. It is plain data: JSON of it tells two of them apart. */
export interface Mapping {
  tables: Readonly<Record<LegacyTable, TableMapping>>
  /** Words of the source in lower case, without blanks around them. */
  roles: Readonly<{ user: readonly string[]; assistant: readonly string[] }>
  /** From a word of the source to a persona id. It has no prototype: a word such as "constructor" finds nothing in it. */
  personas: Readonly<Record<string, string>>
  /** For whoever has no persona; null: the first of the catalogue. */
  defaultPersona: string | null
  /** Whether a Telegram user of the source has already talked to this very bot. */
  telegramReachability: 'reachable' | 'never_started'
  /** Of columns that say a time without a zone; the source must know it. */
  timezoneOfTimes: string
}
