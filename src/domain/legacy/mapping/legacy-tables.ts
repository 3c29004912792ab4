/**
 * How a column of the source is read: `uuid`; `bigint`; `digits` (a number as text, so that a wrong one can still be
 * judged and told); `text`; `time` (timestamptz); `credits` (bigint).
 */
export type Kind = 'uuid' | 'bigint' | 'digits' | 'text' | 'time' | 'credits'

/** The three tables of the source under the names that we use, whatever they are called there. */
export const LEGACY_TABLES = {
  profiles: {
    id: 'uuid',
    telegram_id: 'digits',
    email: 'text',
    username: 'text',
    first_name: 'text',
    last_name: 'text',
    language_code: 'text',
    active_persona: 'text',
    created_at: 'time',
    last_seen_at: 'time',
  },
  chat_messages: {
    id: 'bigint',
    user_id: 'uuid',
    persona: 'text',
    role: 'text',
    content: 'text',
    created_at: 'time',
  },
  user_credits: {
    user_id: 'uuid',
    basic: 'credits',
    pro: 'credits',
    cassandra: 'credits',
    updated_at: 'time',
  },
} as const satisfies Record<string, Record<string, Kind>>

export type LegacyTable = keyof typeof LEGACY_TABLES
export type LegacyColumn<T extends LegacyTable = LegacyTable> = T extends LegacyTable
  ? keyof (typeof LEGACY_TABLES)[T] & string
  : never

export const TABLE_NAMES: readonly LegacyTable[] = ['profiles', 'chat_messages', 'user_credits']

/** By what a row is known, in the report too. */
export const KEY_OF: { [T in LegacyTable]: LegacyColumn<T> } = {
  profiles: 'id',
  chat_messages: 'id',
  user_credits: 'user_id',
}

/** What nothing can stand in for. */
const NEEDED: Record<LegacyTable, readonly string[]> = {
  profiles: ['id'],
  chat_messages: ['id', 'user_id', 'role', 'content'],
  user_credits: ['user_id'],
}

/** The same login for everybody would make one user of all profiles. */
const OF_ONE_PERSON: Record<LegacyTable, readonly string[]> = {
  profiles: ['telegram_id', 'email'],
  chat_messages: [],
  user_credits: [],
}

export function columnsOf(table: LegacyTable): readonly string[] {
  return Object.keys(LEGACY_TABLES[table])
}

export function kindOf(table: LegacyTable, column: string): Kind {
  const kinds: Readonly<Record<string, Kind>> = LEGACY_TABLES[table]
  const kind = Object.hasOwn(kinds, column) ? kinds[column] : undefined
  if (!kind) throw new Error(`${table} has no column ${column}`)
  return kind
}

/** Whether a source without this column can be moved all the same. */
export function mayBeMissing(table: LegacyTable, column: string): boolean {
  return !NEEDED[table].includes(column)
}

/** Whether one value may stand for every row. */
export function mayBeConstant(table: LegacyTable, column: string): boolean {
  return mayBeMissing(table, column) && !OF_ONE_PERSON[table].includes(column)
}
