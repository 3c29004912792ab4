import { z } from 'zod'
import { columnsOf, kindOf, type LegacyTable, mayBeConstant, mayBeMissing, TABLE_NAMES } from './legacy-tables.ts'
import type { ColumnSource, Mapping, TableMapping } from './mapping.ts'
import { readConstant } from './read-constant.ts'

/** PostgreSQL cuts longer names, so they name nothing (NAMEDATALEN - 1). */
const IDENTIFIER_MAX_BYTES = 63
const ROLE_WORDS_MAX = 100
const WORD_MAX_LENGTH = 200

const DEFAULT_USER_WORDS = ['user', 'human']
const DEFAULT_ASSISTANT_WORDS = ['assistant', 'bot', 'ai']
const DEFAULT_TIMEZONE = 'UTC'

const TOP_KEYS = ['tables', 'roles', 'personas', 'default_persona', 'telegram_reachability', 'timezone_of_times']

const identifier = z
  .string('must be a name')
  .refine(isIdentifier, `must be a name of 1 to ${IDENTIFIER_MAX_BYTES} bytes`)

const tableName = z
  .string('must be "name" or "schema.name"')
  .refine(
    (name) => name.split('.').length <= 2 && name.split('.').every(isIdentifier),
    'must be "name" or "schema.name"',
  )

const word = z
  .string('must be a word; put numbers, true and false in quotes')
  .trim()
  .min(1, 'must not be empty')
  .max(WORD_MAX_LENGTH, `must have at most ${WORD_MAX_LENGTH} characters`)

const roleWords = z
  .array(word.toLowerCase(), 'must be a list of words')
  .max(ROLE_WORDS_MAX, `must have at most ${ROLE_WORDS_MAX} words`)

const personaId = z
  .string('must be the id of a persona')
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be the id of a persona: lower-case Latin letters, digits and hyphens')

const roles = z
  .strictObject(
    {
      user: roleWords.min(1, "must name a word, or no line would be anybody's").default(DEFAULT_USER_WORDS),
      assistant: roleWords.default(DEFAULT_ASSISTANT_WORDS),
    },
    'must hold user and assistant',
  )
  .superRefine(({ user, assistant }, context) => {
    for (const twice of user.filter((one) => assistant.includes(one))) {
      context.addIssue({ code: 'custom', path: [], message: `"${twice}" is among the words of user and of assistant` })
    }
  })

const personas = z
  .record(z.string(), personaId, 'must be pairs of a word of the source and a persona id')
  .transform((pairs): Record<string, string> => Object.assign(Object.create(null), pairs))

/** What a mapping file may hold; whatever is left out is as in the tables of the contract (§7). */
export const mappingSchema: z.ZodType<Mapping> = z
  .strictObject(
    {
      tables: z
        .strictObject(
          {
            profiles: tableSchema('profiles').superRefine(checkLogins),
            chat_messages: tableSchema('chat_messages'),
            user_credits: tableSchema('user_credits'),
          },
          `must hold ${TABLE_NAMES.join(', ')}`,
        )
        .prefault({}),
      roles: roles.prefault({}),
      personas: personas.prefault({}),
      default_persona: personaId.nullable().default(null),
      telegram_reachability: z
        .enum(['reachable', 'never_started'], 'must be reachable or never_started')
        .default('reachable'),
      timezone_of_times: z
        .string('must be the name of a time zone')
        .trim()
        .min(1, 'must be the name of a time zone')
        .default(DEFAULT_TIMEZONE),
    },
    'must hold keys and their values',
  )
  .transform((file) => ({
    tables: file.tables,
    roles: file.roles,
    personas: file.personas,
    defaultPersona: file.default_persona,
    telegramReachability: file.telegram_reachability,
    timezoneOfTimes: file.timezone_of_times,
  }))

/** What may stand at a place of the file, for the sentence about a key that may not. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const [top, table, part] = path
  const known = TABLE_NAMES.find((name) => name === table)
  if (top === undefined) return TOP_KEYS
  if (top === 'roles') return ['user', 'assistant']
  if (known && part === 'columns') return columnsOf(known)
  return known ? ['table', 'columns'] : TABLE_NAMES
}

function tableSchema(table: LegacyTable) {
  const shape = Object.fromEntries(columnsOf(table).map((column) => [column, columnSchema(table, column)]))
  return z
    .strictObject(
      { table: tableName.default(table), columns: z.strictObject(shape, 'must hold columns').prefault({}) },
      'must hold table and columns',
    )
    .prefault({})
    .transform(({ table: written, columns }): TableMapping => {
      const [name = '', schema = null] = written.split('.').reverse()
      return { schema, name, columns }
    })
}

function columnSchema(table: LegacyTable, column: string) {
  return z
    .unknown()
    .default(column)
    .transform((value, context): ColumnSource => {
      const read = readColumn(table, column, value)
      if (read !== null && 'wrong' in read) {
        context.addIssue({ code: 'custom', path: read.at, message: read.wrong })
        return z.NEVER
      }
      return read
    })
}

function readColumn(
  table: LegacyTable,
  column: string,
  value: unknown,
): ColumnSource | { wrong: string; at: string[] } {
  const allowed = [
    'the name of a column',
    ...(mayBeConstant(table, column) ? ['{constant: value}'] : []),
    ...(mayBeMissing(table, column) ? ['null where the source has none'] : []),
  ].join(', ')
  const must = { wrong: `must be ${allowed}`, at: [] }
  if (value === null) return mayBeMissing(table, column) ? null : must
  if (typeof value === 'string') return identifier.safeParse(value).success ? { column: value } : must
  if (!isConstant(value) || !mayBeConstant(table, column)) return must
  const constant = readConstant(kindOf(table, column), value.constant)
  return 'must' in constant ? { wrong: `must be ${constant.must}`, at: ['constant'] } : { constant: constant.value }
}

function isConstant(value: unknown): value is { constant: unknown } {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'constant'
}

function checkLogins({ columns }: TableMapping, context: z.RefinementCtx): void {
  if (columns.telegram_id !== null || columns.email !== null) return
  context.addIssue({
    code: 'custom',
    path: ['columns'],
    message: 'telegram_id or email must come from a column, or nobody could ever sign in',
  })
}

function isIdentifier(name: string): boolean {
  return name !== '' && !name.includes('\0') && Buffer.byteLength(name) <= IDENTIFIER_MAX_BYTES
}
