import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type pg from 'pg'
import { testDatabase } from '#test/database'
import { checkMapping, checkPersonas, type Placed } from './check-mapping.ts'
import type { LegacyColumn, LegacyTable } from './legacy-tables.ts'
import type { AskSource } from './look-at-source.ts'
import type { Problem } from './place-columns.ts'
import { readMapping } from './read-mapping.ts'

const { pool } = await testDatabase()
const ask = asking(pool)

const CONTRACT = `
  CREATE TABLE profiles (id uuid PRIMARY KEY, telegram_id bigint, email text, username text, first_name text,
    last_name text, language_code text, active_persona text, created_at timestamptz, last_seen_at timestamptz);
  CREATE TABLE chat_messages (id bigint PRIMARY KEY, user_id uuid, persona text, role text, content text, created_at timestamptz);
  CREATE INDEX ON chat_messages (user_id);
  CREATE TABLE user_credits (user_id uuid PRIMARY KEY, basic integer, pro integer, cassandra integer, updated_at timestamptz)`
const ANNA = '0b0f9d0c-5c53-4b0e-9d9a-3a2f2b1c0001'

before(() => pool.query(CONTRACT))

/** As `Source.query` asks. */
function asking(client: Pick<pg.Pool, 'query'>): AskSource {
  const types = { getTypeParser: () => (value: string) => value }
  return async (text, values = []) => {
    const { rows } = await client.query<(string | null)[]>({ text, values, types, rowMode: 'array' })
    return rows
  }
}

async function check(yaml: string, by = ask): Promise<Placed | Problem[]> {
  return checkMapping(by, readMapping(yaml, 'mapping.yaml'))
}

async function placed(yaml: string): Promise<Placed> {
  const found = await check(yaml)
  if (Array.isArray(found)) assert.fail(sentences(found))
  return found
}

async function problems(yaml: string, by = ask): Promise<string> {
  const found = await check(yaml, by)
  if (!Array.isArray(found)) assert.fail('everything was placed')
  return sentences(found)
}

function sentences(found: readonly Problem[]): string {
  return found.map(({ place, says }) => `${place}: ${says}`).join('\n')
}

async function values<T extends LegacyTable>(yaml: string, table: T, column: LegacyColumn<T>): Promise<unknown[]> {
  const source = await placed(yaml)
  const sql = `SELECT ${source.expressionOf(table, column, 's')} AS value FROM ${source.nameOf(table)} AS s ORDER BY 1`
  return (await pool.query(sql)).rows.map(({ value }) => value)
}

test('the tables of the contract need no mapping file', async () => {
  const source = await placed('')
  assert.equal(source.nameOf('profiles'), '"public"."profiles"')
  assert.equal(source.expressionOf('profiles', 'id'), '"id"')
  assert.equal(source.expressionOf('chat_messages', 'content', 'm'), '"m"."content"')
  assert.equal(source.expressionOf('user_credits', 'basic', 'c'), '"c"."basic"::bigint')
  assert.deepEqual(source.notes, [])
})

test('a missing table is named, with those that could be meant, the right name in another schema first', async () => {
  await pool.query('CREATE SCHEMA archive; CREATE TABLE archive.people (id uuid)')
  const says = await problems('tables: {profiles: {table: people}}')
  assert.match(says, /^tables\.profiles\.table: there is no table "people"; there are "archive\.people", /)
})

test('every column that cannot be placed is named at once, with the columns that are there', async () => {
  const says = await problems(`
    tables:
      profiles: {columns: {telegram_id: tg_id, first_name: firstname}}
      user_credits: {columns: {pro: Pro}}`)
  assert.match(says, /profiles\.columns\.telegram_id: there is no column "tg_id"; there are .*"telegram_id"/)
  assert.match(says, /profiles\.columns\.first_name: there is no column "firstname"; there are "first_name", /)
  assert.match(says, /user_credits\.columns\.pro: there is no column "Pro"; there are "pro", /)
  assert.equal(says.split('\n').length, 3)
})

test('a column of a type that cannot be read is named with its type and what it must be', async () => {
  await pool.query('CREATE TABLE odd (id uuid PRIMARY KEY, tg double precision, born integer, name jsonb, tags text[])')
  const says = await problems(`
    tables:
      profiles: {table: odd, columns: {telegram_id: tg, email: tags, username: name, first_name: null, last_name: null,
        language_code: null, active_persona: null, created_at: born, last_seen_at: null}}`)
  assert.match(
    says,
    /telegram_id: the column "tg" is double precision; it must be smallint, integer, bigint, numeric or text/,
  )
  assert.match(says, /created_at: the column "born" is integer; it must be timestamptz/)
  assert.match(says, /username: the column "name" is jsonb/)
  assert.match(says, /email: the column "tags" is text\[\]/)
})

test('other names, even the strangest, are quoted', async () => {
  await pool.query(`CREATE SCHEMA "Old""Bot";
    CREATE TABLE "Old""Bot"."select" ("user" uuid PRIMARY KEY, "a b; DROP" integer, "Pro""" integer, c integer, at timestamptz);
    INSERT INTO "Old""Bot"."select" VALUES ('${ANNA}', 7, 8, 9, NULL)`)
  const yaml = `
    tables:
      user_credits:
        table: 'Old"Bot.select'
        columns: {user_id: user, basic: 'a b; DROP', pro: 'Pro"', cassandra: c, updated_at: at}`
  assert.deepEqual(await values(yaml, 'user_credits', 'basic'), [7])
  assert.deepEqual(await values(yaml, 'user_credits', 'pro'), [8])
})

test('a constant stands for every row, whatever quotes it holds, and what the source has not is null', async () => {
  await pool.query(`INSERT INTO chat_messages VALUES (1, '${ANNA}', 'arina', 'user', 'hi', now())`)
  const yaml = `tables: {chat_messages: {columns: {persona: {constant: "it's \\\\ so"}, created_at: {constant: "2024-05-01 12:00"}}}}
timezone_of_times: Europe/Moscow`
  assert.deepEqual(await values(yaml, 'chat_messages', 'persona'), ["it's \\ so"])
  assert.deepEqual(await values(yaml, 'chat_messages', 'created_at'), [new Date('2024-05-01T09:00:00Z')])
  assert.deepEqual(await values('tables: {chat_messages: {columns: {persona: null}}}', 'chat_messages', 'persona'), [
    null,
  ])
  await pool.query('DELETE FROM chat_messages')
})

test('times without a zone are meant in the zone of the mapping', async () => {
  await pool.query(`CREATE TABLE visits (id uuid PRIMARY KEY, mail text, day date, at timestamp, exact timestamptz);
    INSERT INTO visits VALUES ('${ANNA}', NULL, '2024-01-02', '2024-01-02 03:00', '2024-01-02 04:00Z')`)
  const yaml = (column: string) =>
    `
    tables:
      profiles: {table: visits, columns: {telegram_id: null, email: mail, username: null, first_name: null, last_name: null,
        language_code: null, active_persona: null, created_at: ${column}, last_seen_at: null}}
    timezone_of_times: europe/moscow`
  assert.deepEqual(await values(yaml('day'), 'profiles', 'created_at'), [new Date('2024-01-01T21:00:00Z')])
  assert.deepEqual(await values(yaml('at'), 'profiles', 'created_at'), [new Date('2024-01-02T00:00:00Z')])
  assert.deepEqual(await values(yaml('exact'), 'profiles', 'created_at'), [new Date('2024-01-02T04:00:00Z')])
})

test('a time zone that the source does not know is named with those that could be meant', async () => {
  assert.match(
    await problems('timezone_of_times: Europe/Moskow'),
    /^timezone_of_times: .*"Europe\/Moskow"; nearest are Europe\/Moscow/,
  )
})

test('text that is no uuid belongs to nobody, but a profile cannot be without one', async () => {
  await pool.query(`CREATE TABLE lines (no smallint PRIMARY KEY, who varchar(40), said text, kind boolean);
    INSERT INTO lines VALUES (1, ' ${ANNA.toUpperCase()} ', 'a', true), (2, 'deleted', 'b', false), (3, NULL, 'c', true)`)
  const lines = `tables: {chat_messages: {table: lines, columns: {id: no, user_id: who, content: said, role: kind, persona: null, created_at: null}}}`
  assert.deepEqual(await values(lines, 'chat_messages', 'user_id'), [ANNA, null, null])
  assert.deepEqual(await values(lines, 'chat_messages', 'id'), [1, 2, 3])
  assert.deepEqual(await values(lines, 'chat_messages', 'role'), ['false', 'true', 'true'])
  const credits = `tables: {user_credits: {table: lines, columns: {user_id: who, basic: no, pro: null, cassandra: {constant: 2}, updated_at: null}}}`
  assert.match(await problems(credits), /user_credits\.columns\.user_id: rows whose "who" is empty or no uuid: 2/)
})

test('a key that two rows share is found, also where only letter case keeps them apart', async () => {
  await pool.query(`CREATE TABLE purse (who text PRIMARY KEY, sum numeric(10,2));
    INSERT INTO purse VALUES ('${ANNA}', 5), ('${ANNA.toUpperCase()}', 6)`)
  const yaml = `tables: {user_credits: {table: purse, columns: {user_id: who, basic: sum, pro: sum, cassandra: null, updated_at: null}}}`
  assert.match(await problems(yaml), /user_credits\.columns\.user_id: rows whose "who" another row has too: 1/)
  await pool.query('DELETE FROM purse WHERE sum = 6')
  assert.deepEqual((await values(yaml, 'user_credits', 'basic')).map(Number), [5])
})

test('credits with a fraction are found by the check, and stop a reading that comes later', async () => {
  await pool.query(
    `CREATE TABLE wallet (who uuid PRIMARY KEY, sum numeric); INSERT INTO wallet VALUES ('${ANNA}', 5.00)`,
  )
  const yaml = `tables: {user_credits: {table: wallet, columns: {user_id: who, basic: sum, pro: null, cassandra: null, updated_at: null}}}`
  const source = await placed(yaml)
  for (const broken of ["'NaN'", '5.5', '1e30']) {
    await pool.query(`UPDATE wallet SET sum = ${broken}`)
    assert.match(await problems(yaml), /basic: rows whose "sum" is no whole number of credits: 1/)
    const reading = `SELECT ${source.expressionOf('user_credits', 'basic')} FROM wallet`
    await assert.rejects(pool.query(reading), /bigint|numeric/)
  }
})

test('a Telegram id is read as its digits, from numbers and from text, and what is wrong in it stays to be judged', async () => {
  await pool.query(`CREATE TABLE ids (id uuid PRIMARY KEY, n numeric, t text);
    INSERT INTO ids VALUES ('${ANNA}', 7000000001.00, ' 42 '), ('0b0f9d0c-5c53-4b0e-9d9a-3a2f2b1c0002', 1.5, 'abc'), ('0b0f9d0c-5c53-4b0e-9d9a-3a2f2b1c0003', NULL, ' ')`)
  const yaml = (column: string) => `
    tables: {profiles: {table: ids, columns: {telegram_id: ${column}, email: null, username: null, first_name: null, last_name: null,
      language_code: null, active_persona: null, created_at: null, last_seen_at: null}}}`
  assert.deepEqual(await values(yaml('n'), 'profiles', 'telegram_id'), ['1.5', '7000000001', null])
  assert.deepEqual(await values(yaml('t'), 'profiles', 'telegram_id'), ['42', 'abc', null])
})

test('views, domains and enumerations are read like what they stand for', async () => {
  await pool.query(`CREATE DOMAIN who AS uuid; CREATE DOMAIN person AS who; CREATE TYPE speaker AS ENUM ('human', 'bot');
    CREATE TABLE talk (id integer, person person, speaker speaker, body varchar);
    INSERT INTO talk VALUES (1, '${ANNA}', 'human', 'x');
    CREATE VIEW said AS SELECT id, person AS user_id, speaker AS role, body AS content FROM talk`)
  const yaml = 'tables: {chat_messages: {table: said, columns: {persona: null, created_at: null}}}'
  assert.deepEqual(await values(yaml, 'chat_messages', 'user_id'), [ANNA])
  assert.deepEqual(await values(yaml, 'chat_messages', 'role'), ['human'])
  assert.deepEqual((await placed(yaml)).notes, [])
})

test('columns that nothing takes are told, and not as an error', async () => {
  await pool.query(`CREATE TABLE members (LIKE profiles INCLUDING ALL, phone text, "Avatar" text, basic integer, pro integer);
    CREATE TABLE says (LIKE chat_messages)`)
  const yaml = `
    tables:
      profiles: {table: members}
      chat_messages: {table: says}
      user_credits: {table: members, columns: {user_id: id, cassandra: null, updated_at: null}}`
  assert.deepEqual((await placed(yaml)).notes, ['"public"."members": nothing takes "phone", "Avatar"; it stays behind'])
})

test('a role that may not read a column, or from which rows are hidden, is told so', async (t) => {
  const role = `reader_${process.pid}`
  await pool.query(`CREATE ROLE ${role}; CREATE TABLE sealed (LIKE user_credits INCLUDING ALL);
    GRANT SELECT ON profiles, chat_messages, user_credits TO ${role}; GRANT SELECT (user_id, basic) ON sealed TO ${role}`)
  const client = await pool.connect()
  t.after(async () => {
    await client.query('RESET ROLE')
    client.release()
    await pool.query('ALTER TABLE user_credits DISABLE ROW LEVEL SECURITY')
    await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
  })
  await client.query(`SET ROLE ${role}`)
  const asReader = asking(client)
  const says = await problems('tables: {user_credits: {table: sealed}}', asReader)
  assert.match(says, /columns\.pro: the column "pro" may not be read by this role: GRANT SELECT on it/)
  assert.doesNotMatch(says, /columns\.basic/)

  assert.ok(!Array.isArray(await check('', asReader)))
  await pool.query('ALTER TABLE user_credits ENABLE ROW LEVEL SECURITY')
  assert.match(await problems('', asReader), /user_credits\.table: row security hides rows of "public\.user_credits"/)
})

test('a mapping that leads to a persona that is not offered is told', () => {
  const mapping = readMapping('personas: {Аня: arina, Кася: cassandre}\ndefault_persona: nobody', 'mapping.yaml')
  const found = checkPersonas(mapping, ['arina', 'cassandra'])
  assert.equal(
    sentences(found),
    'personas.Кася: there is no persona "cassandre"; there are cassandra, arina\n' +
      'default_persona: there is no persona "nobody"; there are arina, cassandra',
  )
})
