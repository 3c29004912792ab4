import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Scope } from '../scope.ts'
import { DIRT, type LegacyTruth, layLegacy } from './lay-legacy.ts'
import { legacyDatabase } from './legacy-database.ts'
import type { LegacyProfile, LegacyRows } from './rows.ts'
import { readTruth } from './truth.ts'

const PLAN = { seed: 20_261_122, users: 400, messages: 5_000 }
const REASONS = {
  profiles: ['email_invalid', 'identity_taken', 'no_identity', 'null_time', 'same_person', 'telegram_id_invalid'],
  chat_messages: ['empty_content', 'null_persona', 'null_time', 'orphan', 'unknown_persona', 'unknown_role'],
  user_credits: ['negative_credits', 'null_credits', 'orphan'],
}

interface House {
  truth: LegacyTruth
  ask<Row extends object>(statement: string): Promise<Row[]>
}

async function openHouse(scope: Scope, plan = PLAN): Promise<House> {
  const connectionString = await legacyDatabase(scope)
  const truth = await layLegacy(connectionString, plan)
  const client = new pg.Client({ connectionString })
  await client.connect()
  scope.after(() => client.end())
  return { truth, ask: async <Row extends object>(statement: string) => (await client.query<Row>(statement)).rows }
}

const fingerprintOf = ({ ask }: House) =>
  ask(`
    SELECT (SELECT md5(string_agg(p::text, '' ORDER BY id)) FROM profiles p) AS profiles,
      (SELECT md5(string_agg(m::text, '' ORDER BY id)) FROM chat_messages m) AS messages,
      (SELECT md5(string_agg(c::text, '' ORDER BY user_id)) FROM user_credits c) AS credits`)

test('the same seed lays the same house, another seed another one', async (t) => {
  const [one, again, other] = [
    await openHouse(t),
    await openHouse(t),
    await openHouse(t, { ...PLAN, seed: PLAN.seed + 1 }),
  ]
  const [first] = await fingerprintOf(one)
  const [different] = await fingerprintOf(other)
  assert.deepEqual(await fingerprintOf(again), [first])
  assert.deepEqual(again.truth, one.truth)
  for (const table of ['profiles', 'messages', 'credits'] as const) {
    assert.notEqual(Reflect.get(first ?? {}, table), Reflect.get(different ?? {}, table), table)
  }
})

test('every kind of dirt is there, and every reason comes of it', async (t) => {
  const { truth, ask } = await openHouse(t)
  assert.deepEqual(Object.keys(truth.cases), [...Object.keys(DIRT), 'ids beyond double'])
  for (const [kind, count] of Object.entries(truth.cases)) assert.ok(count > 0, kind)
  for (const [table, reasons] of Object.entries(REASONS)) {
    const told = truth.outcomes.filter((outcome) => outcome.table === table).map(({ reason }) => reason)
    assert.deepEqual([...new Set(told)].sort(), reasons, table)
  }
  const [seen] = await ask<Record<string, number>>(`
    SELECT count(*) FILTER (WHERE length(content) = 100000)::integer AS long,
      count(*) FILTER (WHERE content LIKE '%👩%')::integer AS emoji,
      count(*) FILTER (WHERE content LIKE E'%\\u200f%')::integer AS right_to_left,
      count(*) FILTER (WHERE content = E'\\\\.')::integer AS end_of_copy,
      count(*) FILTER (WHERE content = E'\\\\N')::integer AS null_of_copy,
      count(*) FILTER (WHERE content LIKE E'%\\t%')::integer AS tabs,
      count(*) FILTER (WHERE role <> lower(role))::integer AS capitals,
      count(*) FILTER (WHERE created_at < '1970-01-01')::integer AS before_1970,
      count(*) FILTER (WHERE created_at > '2090-01-01')::integer AS future,
      count(*) FILTER (WHERE id > 9007199254740992)::integer AS beyond_double,
      count(*) FILTER (WHERE user_id IS NULL)::integer AS of_nobody
    FROM chat_messages`)
  for (const [what, count] of Object.entries(seen ?? {})) assert.ok(count > 0, what)
})

test('what the truth counts is what SQL counts', async (t) => {
  const { truth, ask } = await openHouse(t)
  const [counts] = await ask(`
    SELECT (SELECT count(*) FROM profiles)::integer AS profiles, (SELECT count(*) FROM chat_messages)::integer AS messages,
      (SELECT count(*) FROM user_credits)::integer AS credits`)
  assert.deepEqual(counts, truth.rows)
  assert.deepEqual([truth.rows.profiles, truth.rows.messages], [PLAN.users, PLAN.messages])
  const [before] = await ask(
    'SELECT sum(basic)::integer AS basic, sum(pro)::integer AS pro, sum(cassandra)::integer AS cassandra FROM user_credits',
  )
  assert.deepEqual(before, truth.creditsBefore)
  const identified = `SELECT id FROM profiles WHERE telegram_id > 0 AND telegram_id < 4503599627370496
    OR email ~ '^\\s*[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+\\s*$'`
  const [after] = await ask(`
    SELECT sum(greatest(basic, 0))::integer AS basic, sum(greatest(pro, 0))::integer AS pro,
      sum(greatest(cassandra, 0))::integer AS cassandra FROM user_credits WHERE user_id IN (${identified})`)
  assert.deepEqual(after, truth.creditsAfter)
  const [lines] = await ask(`
    SELECT count(*)::integer AS count FROM chat_messages WHERE user_id IN (${identified})
      AND content ~ '[^\\s\\u00a0]' AND lower(role) IN ('user', 'assistant')`)
  assert.deepEqual(lines, { count: truth.lines })
  const merged = truth.outcomes.filter(({ outcome }) => outcome === 'merged').length
  const [people] = await ask(`SELECT count(*)::integer - ${merged} AS users FROM profiles WHERE id IN (${identified})`)
  assert.deepEqual(people, { users: truth.users })
})

test('every dirty row is a line, or has its reason', async (t) => {
  const { truth } = await openHouse(t)
  const { profiles, messages, credits } = truth.dirty
  const told = (table: string, key: string) =>
    truth.outcomes.some((row) => row.table === table && row.key === key && row.outcome === 'rejected')
  const lines = new Set(truth.groups.flatMap((group) => group.lines.map(({ id }) => id)))
  for (const { id } of messages) assert.notEqual(lines.has(id), told('chat_messages', id), `message ${id}`)
  const members = new Set(truth.groups.flatMap(({ profileIds }) => profileIds))
  for (const { id } of profiles) assert.notEqual(members.has(id), told('profiles', id), `profile ${id}`)
  for (const row of credits) {
    assert.notEqual(members.has(row.user_id), told('user_credits', row.user_id), `credits ${row.user_id}`)
  }
  assert.equal(new Set(messages.map(({ id }) => id)).size, messages.length)
})

test('one group by Telegram and mail, owned by who has Telegram, then by who is older', () => {
  const of = (id: string, more: Partial<LegacyProfile>): LegacyProfile => ({
    ...{ id, telegram_id: null, email: null, username: null, first_name: null, last_name: null },
    ...{ language_code: null, active_persona: null, created_at: null, last_seen_at: null, ...more },
  })
  const rows: LegacyRows = {
    profiles: [
      of('d', { email: ' ONE@example.org', created_at: '2020-01-01T00:00:00.000000Z' }),
      of('c', { telegram_id: '5' }),
      of('a', { telegram_id: '5', email: 'one@example.org', created_at: '2023-01-01T00:00:00.000000Z' }),
      of('b', { telegram_id: '5', created_at: '2022-01-01T00:00:00.000000Z' }),
      of('e', { telegram_id: '0', email: 'nobody' }),
      of('f', { telegram_id: '0' }),
    ],
    messages: [],
    credits: [{ user_id: 'f', basic: 1, pro: 1, cassandra: 1, updated_at: null }],
  }
  const { groups, outcomes } = readTruth(rows)
  assert.deepEqual(
    groups.map(({ ownerId, profileIds, telegramIds, mails }) => [ownerId, profileIds, telegramIds, mails]),
    [['b', ['a', 'b', 'c', 'd'], ['5'], ['one@example.org']]],
  )
  assert.deepEqual(
    outcomes.filter(({ outcome }) => outcome === 'rejected').map(({ key, reason }) => [key, reason]),
    [
      ['e', 'no_identity'],
      ['f', 'no_identity'],
      ['f', 'orphan'],
    ],
  )
})

test('of two Telegrams with one mail each is a user; the mail, and who has nothing else, go to the older one', () => {
  const of = (id: string, telegram_id: string | null): LegacyProfile => ({
    ...{ id, telegram_id, email: 'One@example.org', username: null, first_name: null, last_name: null },
    ...{ language_code: null, active_persona: null, created_at: `202${id}-01-01T00:00:00.000000Z`, last_seen_at: null },
  })
  const { groups, outcomes } = readTruth({
    profiles: [of('3', '7'), of('2', '5'), of('1', null)],
    messages: [],
    credits: [],
  })
  assert.deepEqual(
    groups.map(({ ownerId, profileIds, mails }) => [ownerId, profileIds, mails]),
    [
      ['2', ['1', '2'], ['one@example.org']],
      ['3', ['3'], []],
    ],
  )
  assert.deepEqual(
    outcomes.map(({ key, outcome, reason }) => [key, outcome, reason]),
    [
      ['1', 'merged', 'same_person'],
      ['3', 'repaired', 'identity_taken'],
    ],
  )
})

test('a line without a time stands beside its neighbour of the same person', () => {
  const [one, other] = ['2024-01-01T00:00:00.000001Z', '2024-01-01T00:00:00.000002Z']
  const times = [null, one, null, 'infinity', other, '-infinity']
  const profile = { telegram_id: '5', email: null, created_at: '2020-01-01T00:00:00.000000Z' }
  const names = { username: null, first_name: null, last_name: null, language_code: null }
  const { groups } = readTruth({
    profiles: [{ id: 'a', ...profile, ...names, active_persona: null, last_seen_at: null }],
    messages: times.map((created_at, index) => ({
      ...{ id: String(9 + index), user_id: 'a', persona: 'arina', role: 'USER', content: `${index}`, created_at },
    })),
    credits: [],
  })
  assert.deepEqual(
    groups[0]?.lines.map(({ id, at }) => [id, at]),
    [
      ['9', one],
      ['10', one],
      ['11', one],
      ['12', one],
      ['13', other],
      ['14', other],
    ],
  )
})
