import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_MAPPING_TEXT } from './default-mapping.ts'
import { columnsOf, TABLE_NAMES } from './legacy-tables.ts'
import type { Mapping } from './mapping.ts'
import { MappingError } from './mapping-error.ts'
import { readMapping } from './read-mapping.ts'

const FILE = 'old-bot.yaml'
const read = (text: string): Mapping => readMapping(text, FILE)

function refusal(text: string): MappingError {
  try {
    read(text)
  } catch (error) {
    if (error instanceof MappingError) return error
    throw error
  }
  return assert.fail(`read: ${text}`)
}

test('an empty file, or one of comments and empty blocks, has all defaults', () => {
  const mapping = read('')
  assert.deepEqual(mapping.tables.user_credits, {
    schema: null,
    name: 'user_credits',
    columns: {
      user_id: { column: 'user_id' },
      basic: { column: 'basic' },
      pro: { column: 'pro' },
      cassandra: { column: 'cassandra' },
      updated_at: { column: 'updated_at' },
    },
  })
  assert.deepEqual(mapping.roles, { user: ['user', 'human'], assistant: ['assistant', 'bot', 'ai'] })
  assert.equal(mapping.defaultPersona, null)
  assert.equal(mapping.telegramReachability, 'reachable')
  assert.equal(mapping.timezoneOfTimes, 'UTC')
  assert.deepEqual(read('# nothing yet\n'), mapping)
  assert.deepEqual(read('tables:\n  profiles:\n    columns:\nroles:\npersonas:\n'), mapping)
})

test('the printed mapping says exactly the defaults and names every column', () => {
  assert.deepEqual(read(DEFAULT_MAPPING_TEXT), read(''))
  const said = DEFAULT_MAPPING_TEXT.split('\n')
  for (const column of TABLE_NAMES.flatMap(columnsOf)) {
    assert.ok(
      said.some((line) => line.trim().startsWith(`${column}: ${column}`)),
      column,
    )
  }
})

test('names, constants, words and personas of another house are taken as they stand', () => {
  const mapping = read(`
tables:
  profiles: {table: Bot.Users, columns: {telegram_id: tgId, email: null, language_code: {constant: ru}}}
  user_credits: {columns: {pro: {constant: 0}, updated_at: {constant: "2024-02-29T10:00:00+03:00"}}}
roles: {user: [" Клиент ", "1"], assistant: [Бот]}
personas: {"Арина": arina, constructor: cassandra}
default_persona: arina
telegram_reachability: never_started
timezone_of_times: Europe/Moscow`)
  const { schema, name, columns } = mapping.tables.profiles
  assert.deepEqual([schema, name, columns.telegram_id, columns.email], ['Bot', 'Users', { column: 'tgId' }, null])
  assert.deepEqual(columns.language_code, { constant: 'ru' })
  assert.deepEqual(mapping.tables.user_credits.columns.pro, { constant: 0 })
  assert.deepEqual(mapping.roles, { user: ['клиент', '1'], assistant: ['бот'] })
  assert.deepEqual(Object.entries(mapping.personas), [
    ['Арина', 'arina'],
    ['constructor', 'cassandra'],
  ])
  assert.equal(mapping.personas.toString, undefined)
  assert.equal(mapping.telegramReachability, 'never_started')
})

const WRONG: [promise: string, text: string, line: number, says: RegExp][] = [
  ['an unknown key', 'roles: {}\ntabels: {}', 2, /^unknown key tabels; there are tables, /],
  ['an unknown table', 'tables:\n  profile: {}', 2, /^unknown key tables\.profile; there are profiles, /],
  [
    'an unknown key of a table',
    'tables:\n  profiles:\n    name: x',
    3,
    /^unknown key tables\.profiles\.name; there are table, columns/,
  ],
  [
    'an unknown column',
    'tables:\n  chat_messages:\n    columns:\n      text: body\n      contents: body',
    5,
    /^unknown key tables\.chat_messages\.columns\.contents; there are content, /,
  ],
  ['an unknown role', 'roles:\n  system: [system]', 2, /^unknown key roles\.system; there are user, assistant/],
  [
    'a key that cannot be missing',
    'tables:\n  profiles:\n    columns:\n      id: null',
    4,
    /columns\.id must be the name of a column$/,
  ],
  [
    'a role that is the same everywhere',
    'tables: {chat_messages: {columns: {role: {constant: user}}}}',
    1,
    /role must be the name of a column$/,
  ],
  [
    'one login for all',
    'tables: {profiles: {columns: {telegram_id: {constant: "1"}}}}',
    1,
    /telegram_id must be the name of a column, null where/,
  ],
  [
    'no login for anybody',
    'tables: {profiles: {columns: {telegram_id: null, email: null}}}',
    1,
    /telegram_id or email must come from a column/,
  ],
  [
    'a column without a name',
    'tables:\n  profiles:\n    columns:\n      email:',
    4,
    /^a column without a name; write null/,
  ],
  ['a list for a column', 'tables: {profiles: {columns: {email: [a, b]}}}', 1, /email must be the name of a column/],
  [
    'an unknown key beside a constant',
    'tables: {profiles: {columns: {username: {constant: a, or: b}}}}',
    1,
    /username must be the name/,
  ],
  [
    'a negative constant of credits',
    'tables: {user_credits: {columns: {pro: {constant: -1}}}}',
    1,
    /pro\.constant must be a whole number/,
  ],
  [
    'credits in words',
    'tables: {user_credits: {columns: {pro: {constant: "5"}}}}',
    1,
    /pro\.constant must be a whole number/,
  ],
  [
    'a day that is none',
    'tables: {profiles: {columns: {created_at: {constant: "2023-02-29"}}}}',
    1,
    /created_at\.constant must be a time such as/,
  ],
  [
    'an hour that is none',
    'tables: {profiles: {columns: {created_at: {constant: "2023-02-28 25:00"}}}}',
    1,
    /created_at\.constant must be a time/,
  ],
  [
    'a number for a text',
    'tables: {profiles: {columns: {username: {constant: 7}}}}',
    1,
    /username\.constant must be a text; put a number in quotes/,
  ],
  ['a table with three names', 'tables: {profiles: {table: a.b.c}}', 1, /table must be "name" or "schema.name"/],
  [
    'a name longer than PostgreSQL has',
    `tables: {profiles: {columns: {email: ${'я'.repeat(32)}}}}`,
    1,
    /email must be the name/,
  ],
  ['a word in two lists', 'roles:\n  user: [user, AI]', 1, /^roles "ai" is among the words of user and of assistant/],
  ['a role word that is a number', 'roles: {user: [1]}', 1, /roles\.user\.0 must be a word; put numbers/],
  ['nobody who speaks', 'roles: {user: []}', 1, /roles\.user must name a word/],
  ['a persona that is no id', 'personas: {Anna: "Our Anna"}', 1, /personas\.Anna must be the id of a persona/],
  [
    'a reachability nobody knows',
    'telegram_reachability: maybe',
    1,
    /telegram_reachability must be reachable or never_started/,
  ],
  ['a key written twice', 'roles: {}\nroles: {}', 2, /not valid YAML.*unique/],
  ['an open quote', 'personas: {"a: b}', 1, /not valid YAML/],
  ['a list instead of keys', '- tables', 1, /the file must hold keys and their values/],
  ['an alias', 'roles: &r {}\npersonas: *r', 1, /alias/i],
]

for (const [promise, text, line, says] of WRONG) {
  test(`${promise} is told with its line`, () => {
    const { mistakes, message } = refusal(text)
    const found = mistakes.find((mistake) => says.test(mistake.says))
    assert.ok(found, message)
    assert.equal(found.line, line, message)
    assert.ok(message.split('\n').every((sentence) => sentence.startsWith(`${FILE}:`)))
  })
}

test('every mistake is told at once, in the order of the lines', () => {
  const { message } = refusal(`
telegram_reachability: maybe
tables:
  profiles: {columns: {id: null, emial: x}}
colour: red`)
  assert.deepEqual(
    message.split('\n').map((sentence) => sentence.split(': ')[0]),
    [`${FILE}:2`, `${FILE}:4`, `${FILE}:4`, `${FILE}:5`],
  )
})

test('no text makes anything but a mapping or a MappingError', () => {
  const piece = fc.constantFrom(
    ...'tables roles personas profiles columns id null constant user a.b : :\n - {} [ ] , " \n \n\t & * ! | > # 1 ~ <<'.split(
      /(?<=\S) /,
    ),
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 12 }), (pieces) => {
      try {
        assert.ok(read(pieces.join(' ')).tables)
      } catch (error) {
        if (!(error instanceof MappingError)) throw error
        assert.ok(error.mistakes.length > 0 && error.mistakes.every(({ line }) => line >= 1))
      }
    }),
    { numRuns: 2_000 },
  )
})
