import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botTalker, type Talker } from './bot-steps.ts'
import { answerDigest, lastPrompt, rememberedBy } from './memory-steps.ts'

// Everything that people say and are remembered by is filled with canaries; then somebody has the database.

const OPERATOR = 700_000_002
/** The columns of sealed texts; the second name is what a row is called in the log. */
const SEALED: Record<string, string[]> = {
  facts: ['sealed_text'],
  memories: ['sealed_summary'],
  messages: ['sealed_text'],
  reminders: ['sealed_text'],
  support_requests: ['sealed_text', 'sealed_answer'],
}
/** No part of a name, an id or a word of ours. */
const CANARIES = ['зяблик', 'щегол', 'клёст', 'свиристель', 'пересмешник', 'коростель'] as const
const [SAID, FACT, SUMMARY, REMINDER, REQUEST, ANSWER] = CANARIES

const world = await startWorld(undefined, { env: { ADMIN_TELEGRAM_IDS: String(OPERATOR) } })
const { pool } = world.database
world.sandbox.model.control({ mode: 'echo' })
const operator = new Person(world.vitte.url)
await operator.signInByWidget(world.sandbox, OPERATOR)

test('nothing that people say lies in the clear in any column of any table, and a row that is put elsewhere is told as damage', async (t) => {
  const [anna, boris] = [await confide(t, 'anna'), await confide(t, 'boris')]
  const { rows: columns } = await pool.query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name LIKE 'sealed\\_%' AND data_type = 'bytea' ORDER BY 1, 2`,
  )
  const known = Object.entries(SEALED).flatMap(([table, names]) => names.map((name) => `${table}.${name}`))
  assert.deepEqual(columns.map((each) => `${each.table_name}.${each.column_name}`).toSorted(), known.toSorted())
  await lookEverywhere(anna)

  for (const [table, names] of Object.entries(SEALED)) {
    const [own, others] = [await rowsOf(table, anna.userId), await rowsOf(table, boris.userId)]
    assert.ok(own.length >= 2 && others.length >= 1, `${table} has rows to swap`)
    for (const name of names) {
      await swap(table, name, own[0], own[1])
      await swap(table, name, own[0], others[0])
    }
  }
  const before = damages().length
  const history = await anna.app.history()
  const damaged = history.filter((line) => line.damaged)
  assert.deepEqual([damaged.length, damaged.every(({ text }) => text === '')], [2, true])
  assert.ok(
    history.some(({ text }) => text.includes(SAID)),
    'the rest is in place',
  )
  assert.ok(!JSON.stringify([history, await anna.app.memory()]).includes('boris'), 'nobody reads another one’s words')
  assert.deepEqual(await anna.app.memory(), [])
  granted(await anna.app.client.call('/api/reminders'))
  const { requests } = granted(
    await operator.client.call<{ requests: { damaged?: true; text: string }[] }>('/api/admin/support?state=answered'),
  )
  assert.deepEqual(
    requests.filter((request) => !request.damaged).map(({ text }) => text),
    [`${REQUEST} boris 1`],
    'the one that nobody touched',
  )
  await anna.app.talk('а это сказано после')
  assert.ok(!lastPrompt(world.sandbox).includes('boris'))
  await waitFor(() => damages().length > before, { what: 'a line of the log' })
  const named = new Set(damages().map(({ reason }) => reason))
  assert.deepEqual([...named].toSorted(), Object.keys(SEALED))
  assert.equal(world.vitte.logs('http.failed').length, 0)
})

const damages = () => world.vitte.logs('vault.damaged')

/** Says, has remembered, plans and asks: two of each. */
async function confide(t: TestContext, name: string): Promise<Talker> {
  const person = await botTalker(world, t)
  const { app, bot, userId } = person
  await tellAndRecall(person, name, 'arina')
  for (const n of [1, 2]) {
    bot.send(`/remind ${n}h ${REMINDER} ${name} ${n}`)
    await bot.hears((text) => text.includes(`${REMINDER} ${name} ${n}`))
    bot.send(`/paysupport ${REQUEST} ${name} ${n}`)
  }
  const asked = await waitFor(async () => {
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM support_requests WHERE user_id = $1', [userId])
    return rows.length === 2 ? rows : null
  })
  for (const { id } of asked) {
    const body = { text: `${ANSWER} ${name}` }
    granted(await operator.client.call(`/api/admin/support/${id}/answer`, { method: 'POST', body }))
  }
  await app.startConversation('cassandra')
  await tellAndRecall(person, name, 'cassandra')
  return person
}

async function tellAndRecall({ app }: Talker, name: string, persona: string): Promise<void> {
  const fact = (n: number) => `${FACT} ${name} ${persona} ${n}`
  answerDigest(world.sandbox, `${SUMMARY} ${name} ${persona}`, [
    { line: 2, text: fact(1) },
    { line: 4, text: fact(2) },
  ])
  for (const n of [1, 2]) await app.talk(`${SAID} ${name} ${n}`)
  await rememberedBy(app, fact(2))
}

/** Every value of every table as text, bytes as hex; a word that must be found proves that this looks. */
async function lookEverywhere({ userId }: Talker): Promise<void> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  )
  let sawId = false
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`)
    for (const { row } of rows) {
      sawId ||= row.includes(userId)
      for (const canary of CANARIES) {
        for (const form of [
          canary,
          Buffer.from(canary).toString('hex'),
          Buffer.from(canary, 'utf16le').toString('hex'),
        ]) {
          assert.ok(!row.includes(form), `${canary} lies in ${name}`)
        }
      }
    }
  }
  assert.ok(sawId)
}

interface Row {
  user_id: string
  key: string
}

/** Oldest last, so that what a page shows first is hit. */
async function rowsOf(table: string, userId: string): Promise<Row[]> {
  const key = table === 'memories' ? 'conversation_id' : 'id'
  const order = table === 'memories' ? 'conversation_id' : table === 'messages' ? 'seq' : 'id'
  const { rows } = await pool.query<Row>(
    `SELECT user_id, ${key} AS key FROM ${table} WHERE user_id = $1 ORDER BY ${order} DESC LIMIT 2`,
    [userId],
  )
  return rows
}

async function swap(table: string, column: string, one: Row | undefined, other: Row | undefined): Promise<void> {
  assert.ok(one && other)
  const key = table === 'memories' ? 'conversation_id' : 'id'
  await pool.query(
    `UPDATE ${table} t SET ${column} = o.${column} FROM ${table} o
     WHERE (t.user_id, t.${key}, o.user_id, o.${key}) IN (($1, $2, $3, $4), ($3, $4, $1, $2))`,
    [one.user_id, one.key, other.user_id, other.key],
  )
}
