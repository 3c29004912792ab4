import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import pg from 'pg'
import { lockUsers } from '#domain/identity'
import { mergeUsers } from '#domain/linking'
import { inTransaction, isLockTimeout, rewriteTables } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms, type Rooms } from '#test/rooms'
import { waitFor } from '#test/wait-for'
import { auditBooks, type Finding } from '../../src/processes/audit-books.ts'

// docs/scaling.md, "Parts": an installation moves its messages into parts while people talk, and back.

const [PEOPLE, WRITERS, PARTS] = [40, 4, 8]
const LINES_BEFORE = 5
const PAGE = 100
const TEXT = 'Как прошёл день?'

const rooms = await openRooms()
const { pool, db, vault, keyRing: keys } = rooms
// As an operator would: a session of its own, with the limits of no pool.
const operator = new pg.Client({ ...pool.options, lock_timeout: 0, statement_timeout: 0 })

const people: Awaited<ReturnType<Rooms['newPerson']>>[] = []
for (let made = 0; made < PEOPLE; made += 1) people.push(await rooms.newPerson())
for (const person of people) for (let line = 0; line < LINES_BEFORE; line += 1) await say(person.telegramId)

test('messages are split into parts and put together again while people talk, read and are joined', async (t) => {
  await operator.connect()
  t.after(() => operator.end())
  const talking = talkUntilStopped()
  await operator.query(await readFile('deploy/split-messages.sql', 'utf8'))
  await step(`SELECT splitting.prepare(${PARTS})`)
  await join(0, 1)
  await operator.query('CALL splitting.copy(20)')
  await join(2, 3)
  assert.deepEqual(await differences(), [])
  await step('SELECT splitting.swap()')
  await join(4, 5)
  assert.equal(await kindOf('messages'), 'p')
  assert.deepEqual(await differences(), [], 'the way back stays open')
  await step('SELECT splitting.swap()')
  assert.equal(await kindOf('messages'), 'r')
  await join(6, 7)
  assert.deepEqual(await differences(), [])
  await step('SELECT splitting.swap()')
  const written = await talking.stop()
  assert.deepEqual(await differences(), [])
  await step('SELECT splitting.finish()')
  assert.ok(written > WRITERS, 'people talked all the while')
  const { rows } = await pool.query('SELECT count(*)::integer AS lines FROM messages')
  assert.equal(rows[0]?.lines, PEOPLE * LINES_BEFORE + written)
})

test('lines lie in several parts, each person’s in one, and all of them open', async () => {
  const { rows } = await pool.query<{ parts: number }>(
    'SELECT count(DISTINCT tableoid)::integer AS parts FROM messages GROUP BY user_id',
  )
  assert.ok(rows.every(({ parts }) => parts === 1))
  const { rows: used } = await pool.query('SELECT DISTINCT tableoid FROM messages')
  assert.ok(used.length > 1)
  for (const { user_id: userId } of await owners()) {
    const lines = await rooms.history.page(db, userId, { limit: PAGE })
    assert.deepEqual(
      lines.filter(({ text, damaged }) => text !== TEXT || damaged),
      [],
    )
  }
})

test('a page is read from the part of its person alone, by the key', async () => {
  const [{ user_id: userId } = { user_id: '' }] = await owners()
  const client = await pool.connect()
  await client.query('SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off')
  await client.query(
    'PREPARE page (uuid, bigint, integer) AS SELECT * FROM messages WHERE user_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT (SELECT $3)',
  )
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE) EXECUTE page ('${userId}', 1000, 5)`)
  client.release(true)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  assert.match(plan, new RegExp(`Subplans Removed: ${PARTS - 1}`), plan)
  assert.match(plan, /Index Scan Backward using messages_8_\d+_pkey/, plan)
  assert.doesNotMatch(plan, /->\s+Sort\b/, plan)
})

test('the books are sound, and the files of each part can be cleared', async () => {
  const findings: Finding[] = []
  await auditBooks(pool, (finding) => findings.push(finding))
  assert.deepEqual(findings, [])
  const filesOf = async () =>
    (
      await pool.query(
        'SELECT relid, pg_relation_filenode(relid) AS file FROM pg_partition_tree($1) WHERE isleaf ORDER BY relid',
        ['messages'],
      )
    ).rows
  const before = await filesOf()
  assert.equal(before.length, PARTS)
  assert.equal(await rewriteTables(pool, ['messages', 'conversations'], new AbortController().signal), 'rewritten')
  const rewritten = await filesOf()
  for (const [index, { file }] of before.entries()) assert.notEqual(rewritten[index]?.file, file)
})

/** A step that cannot have its lock at once is called again, as the file says. */
async function step(statement: string): Promise<void> {
  await waitFor(async () => {
    try {
      await operator.query(statement)
      return true
    } catch (error) {
      if (isLockTimeout(error)) return false
      throw error
    }
  })
}

/** People write and read, several at once, until told to stop; nobody may hear of an error. Gives how many lines they wrote. */
function talkUntilStopped() {
  let stopped = false
  let written = 0
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let turn = writer; !stopped; turn += WRITERS) {
      const person = people[turn % PEOPLE]
      if (!person) continue
      await say(person.telegramId)
      written += 1
      await rooms.history.page(db, person.userId, { limit: PAGE })
    }
  })
  return {
    async stop(): Promise<number> {
      stopped = true
      await Promise.all(writers)
      return written
    },
  }
}

async function say(telegramId: string): Promise<void> {
  const { outcome } = await rooms.receive({
    source: 'split',
    key: randomUUID(),
    sender: {
      identity: { provider: 'telegram', externalId: telegramId, channel: 'telegram', displayName: 'Н', locale: 'ru' },
    },
    channel: 'telegram',
    interface: 'bot',
    contentType: 'text',
    text: TEXT,
    address: telegramId,
    sentAt: new Date(),
  })
  // Nobody has chosen a companion: the line is kept, which is a line like any other.
  assert.ok(outcome !== 'mismatch' && outcome !== 'duplicate' && outcome !== 'lane_full', outcome)
}

/** The second of these people becomes one with the first. */
async function join(survivor: number, absorbed: number): Promise<void> {
  const [survivorId, absorbedId] = [people[survivor]?.userId ?? '', people[absorbed]?.userId ?? '']
  await pool.query(`DELETE FROM identities WHERE user_id = $1`, [absorbedId])
  await inTransaction(db, async (tx) => {
    await lockUsers(tx, [survivorId, absorbedId])
    await mergeUsers(
      tx,
      { vault, parts: mergeParts({ vault, keys }) },
      { survivorId, absorbedId, sessionId: null, way: 'logins' },
    )
  })
}

async function differences(): Promise<unknown[]> {
  return (await operator.query('SELECT * FROM splitting.differences()')).rows
}

async function kindOf(table: string): Promise<string> {
  const { rows } = await pool.query<{ relkind: string }>('SELECT relkind FROM pg_class WHERE oid = to_regclass($1)', [
    table,
  ])
  return rows[0]?.relkind ?? ''
}

async function owners(): Promise<{ user_id: string }[]> {
  return (await pool.query<{ user_id: string }>('SELECT DISTINCT user_id FROM messages')).rows
}
