import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { Kysely, PostgresDialect } from 'kysely'
import { lockUser } from '#domain/identity'
import { newId } from '#platform/ids'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import { archiveActive, insertConversation } from './index.ts'
import { readSince } from './recent/recent-store.ts'

// What is read of a history costs as much as it shows, however long the history is and wherever in it one looks: with
// a plan made for this person, and with the one that is kept for everybody.

const [OTHERS, LINES_OF_OTHERS, LINES_BEFORE, LINES_SINCE] = [200, 100, 3_000, 1_000]
const LIMIT = 50
/** A line that is looked up by its id, the question of a prompt, what shows that there is more. */
const LINES_BESIDE = 3
const MODES = ['force_custom_plan', 'force_generic_plan'] as const

interface Statement {
  sql: string
  parameters: readonly unknown[]
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  Plans?: PlanNode[]
}

const rooms = await openRooms()
const { pool, history } = rooms
const said: Statement[] = []
const watched = new Kysely<Database>({
  dialect: new PostgresDialect({ pool }),
  log: ({ query }) => void said.push({ sql: query.sql, parameters: query.parameters }),
})
const reader = await rooms.newReader()
let first = ''
let talk = ''

before(async () => {
  first = await begin()
  await lay(reader, first, LINES_BEFORE, 1)
  talk = await begin()
  await lay(reader, talk, LINES_SINCE, LINES_BEFORE + 1)
  await ask(talk)
  for (let other = 0; other < OTHERS; other += 1) await lay(newId(), newId(), LINES_OF_OTHERS, 1)
  await scatter()
  await pool.query('VACUUM ANALYZE messages, conversations')
})

const middle = LINES_BEFORE / 2
const last = LINES_BEFORE + LINES_SINCE + 1
const READINGS: Record<string, (db: Executor) => Promise<unknown>> = {
  'the newest page': (db) => history.page(db, reader, { limit: LIMIT }),
  'a page upwards from the middle': (db) => history.page(db, reader, { before: middle, limit: LIMIT }),
  'a page upwards near the beginning': (db) => history.page(db, reader, { before: LIMIT + 2, limit: LIMIT }),
  'a page downwards from the beginning': (db) => history.page(db, reader, { after: 0, limit: LIMIT }),
  'a page downwards from the middle': (db) => history.page(db, reader, { after: middle, limit: LIMIT }),
  'one line by its id': async (db) => history.find(db, reader, await idAt(middle)),
  'the recent lines for a prompt': (db) =>
    history.recent(db, {
      userId: reader,
      conversationId: talk,
      questionSeq: last,
      linesMax: LIMIT,
      lengthMax: Number.MAX_SAFE_INTEGER,
    }),
  'the newest lines of a talk': (db) =>
    history.newest(db, { userId: reader, conversationId: talk, beforeSeq: null, limit: LIMIT }),
  'the newest lines of a talk before one in its middle': (db) =>
    history.newest(db, { userId: reader, conversationId: talk, beforeSeq: last - LINES_SINCE / 2, limit: LIMIT }),
  'what a memory has not read yet': async (db) =>
    history.following(db, {
      userId: reader,
      conversationId: talk,
      afterId: await idAt(last - LIMIT),
      backMax: 2 * LIMIT,
      limit: LIMIT,
    }),
}

for (const [what, read] of Object.entries(READINGS)) {
  test(`${what}: by the keys that begin with the person, and no more lines than are shown`, async () => {
    const nodes = await nodesOf(read)
    const touching = nodes.filter((node) => node['Relation Name'] === 'messages')
    assert.ok(touching.length > 0)
    for (const node of touching) {
      assert.match(node['Node Type'], /^Index (Only )?Scan$/)
      assert.match(node['Index Name'] ?? '', /^messages_(pkey|id)$/)
    }
    const perMode = sum(touching.map(linesTouched)) / MODES.length
    assert.ok(perMode <= LIMIT + LINES_BESIDE, `${perMode} lines were looked at`)
  })
}

test('pages of the history are read in their order: nothing is sorted', async () => {
  for (const where of [{}, { before: middle }, { after: middle }]) {
    const nodes = await nodesOf((db) => history.page(db, reader, { ...where, limit: LIMIT }))
    assert.deepEqual(
      nodes.filter((node) => /Sort|Bitmap/.test(node['Node Type'])),
      [],
    )
  }
})

test('a talk that has only begun does not look through all that was said before it', async () => {
  const fresh = await begin()
  const nodes = await nodesOf((db) =>
    history.newest(db, { userId: reader, conversationId: fresh, beforeSeq: null, limit: LIMIT }),
  )
  assert.equal(sum(nodes.filter((node) => node['Relation Name'] === 'messages').map(linesTouched)), 0)
})

test('of lines that are cached each is looked at once, and none that is older', async () => {
  const part = { bottomSeq: last - LIMIT, topSeq: last - 1 }
  const nodes = await nodesOf((db) =>
    readSince(db, { userId: reader, conversationId: talk, questionSeq: last, linesMax: LIMIT, ...part }),
  )
  const lines = sum(nodes.filter((node) => node['Relation Name'] === 'messages').map(linesTouched)) / MODES.length
  assert.ok(lines >= LIMIT && lines <= LIMIT + LINES_BESIDE, `${lines} lines were looked at`)
})

/** What PostgreSQL did for the statements of a reading, in both modes. */
async function nodesOf(read: (db: Executor) => Promise<unknown>): Promise<PlanNode[]> {
  said.length = 0
  await read(watched)
  const statements = said.filter(({ sql }) => sql.includes('messages'))
  const nodes: PlanNode[] = []
  const client = await pool.connect()
  try {
    for (const mode of MODES) {
      await client.query(`SET plan_cache_mode = ${mode}`)
      for (const statement of statements) nodes.push(...(await explain(client, statement)))
    }
  } finally {
    client.release(true)
  }
  return nodes
}

async function explain(
  client: { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> },
  { sql, parameters }: Statement,
): Promise<PlanNode[]> {
  const types = parameters.map(typeOf).join(', ')
  const given = parameters.map((_, index) => `$${index + 1}`)
  await client.query(`PREPARE looked (${types}) AS ${sql}`)
  const values = given.map((_, index) => literal(parameters[index]))
  const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE looked (${values.join(', ')})`)
  await client.query('DEALLOCATE looked')
  const [row] = rows as { 'QUERY PLAN': { Plan: PlanNode }[] }[]
  return row?.['QUERY PLAN'].flatMap(({ Plan }) => flat(Plan)) ?? []
}

function typeOf(value: unknown): string {
  return typeof value === 'number' ? 'bigint' : 'uuid'
}

function literal(value: unknown): string {
  return typeof value === 'number' ? String(value) : value === null ? 'NULL' : `'${String(value)}'`
}

function flat(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)]
}

function linesTouched(node: PlanNode): number {
  const loops = node['Actual Loops'] ?? 1
  return ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * loops
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

async function begin(): Promise<string> {
  const id = newId()
  await inTransaction(rooms.db, async (tx) => {
    const user = await lockUser(tx, reader)
    await archiveActive(tx, reader, user?.lastSeq ?? 0)
    await insertConversation(tx, { id, userId: reader, personaId: 'arina', personaVersion: 1, storyId: null })
  })
  return id
}

/** The one line that has to open: a prompt without its question is none. */
function ask(conversationId: string): Promise<void> {
  return inTransaction(rooms.db, async (tx) => {
    const user = await lockUser(tx, reader)
    assert.ok(user)
    const place = { channel: 'web', interface: 'browser', contentType: 'text', role: 'user' } as const
    await history.append(tx, user, { ...place, conversationId, turnId: null, text: 'спрошено' })
  })
}

/** Lines that are damaged: what is asked is how they are found. */
async function lay(userId: string, conversationId: string, lines: number, from: number): Promise<void> {
  const { key } = await rooms.keyRing.current(reader)
  const sealed = rooms.vault.seal(key, { table: 'messages', id: conversationId }, 'сказано')
  await pool.query(
    `INSERT INTO messages (user_id, seq, id, conversation_id, role, channel, interface, content_type, sealed_text)
     SELECT $1, n, gen_random_uuid(), $2, CASE n % 2 WHEN 1 THEN 'user' ELSE 'assistant' END, 'web', 'browser', 'text', $3
     FROM generate_series($4::bigint, $4::bigint + $5::bigint - 1) AS n`,
    [userId, conversationId, sealed, from, lines],
  )
  await pool.query('UPDATE users SET last_seq = last_seq + $2 WHERE id = $1', [userId, lines])
}

/** Lines of one person lie far apart, as everybody talks at once. */
async function scatter(): Promise<void> {
  await pool.query(`
    CREATE TABLE scattered AS SELECT * FROM messages ORDER BY md5(id::text);
    TRUNCATE messages;
    INSERT INTO messages SELECT * FROM scattered;
    DROP TABLE scattered`)
}

async function idAt(seq: number): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM messages WHERE user_id = $1 AND seq = $2', [
    reader,
    seq,
  ])
  return rows[0]?.id ?? ''
}
