import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { PERSONAS } from '#test/legacy/draw'
import { layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { type Inhabitant, inOrder, readTarget } from '#test/legacy/read-target'
import { CREDIT_TYPES } from '#test/legacy/rows'
import { runAudit, runImport } from '#test/legacy/run-import'
import type { TrueLine } from '#test/legacy/true-lines'
import type { TrueGroup } from '#test/legacy/truth'
import { type Scope, wholeFile } from '#test/scope'

const PLAN = { seed: 20_261_123, users: 400, messages: 5_000 }
/** The first of the catalogue: for whoever chose nobody who is here. */
const FIRST_PERSONA = 'arina'
/** How much finer a time is in the database than in a run that keeps its own. */
const ROUNDED_MS = 1

const from = await legacyDatabase()
/** Empty, without our schema. */
const to = await legacyDatabase()
const truth = await layLegacy(from, PLAN)
const first = await runImport({ from, to })
const target = await readTarget(wholeFile, to)
const people = await target.inhabitants()
const byId = new Map(people.map((one) => [one.id, one]))

test('it proves', () => {
  assert.equal(first.code, 0, first.said)
  assert.ok(first.lines.filter((line) => line.startsWith('holds ')).length > 3, first.said)
  assert.doesNotMatch(first.said, /^FAILS/m)
})

test('the dirty ones are who the truth says', async () => {
  const run = await runTimes()
  for (const group of truth.groups) comparePerson(byId.get(group.ownerId), group, run)
})

test('the clean ones are as they were', async (t) => {
  const clean = await cleanHouse(t)
  assert.equal(clean.length, truth.clean.users)
  for (const one of clean) assert.deepEqual(plain(byId.get(one.id)), one)
})

test('what was not taken as it is has the reasons of the truth', async () => {
  const told = truth.outcomes.map(({ table, key, outcome, reason }) => ({ table, key, outcome, reason }))
  assert.deepEqual(await target.outcomes(), inOrder(told))
})

test('people, lines and credits are as many as there must be', async () => {
  const sum = (of: (one: Inhabitant) => number) => people.reduce((all, one) => all + of(one), 0)
  assert.equal(people.length, truth.users)
  assert.equal(
    sum(({ lines }) => lines.length),
    truth.lines,
  )
  for (const type of CREDIT_TYPES) {
    assert.equal(
      sum(({ credits }) => credits[type]),
      truth.creditsAfter[type],
      type,
    )
  }
  assert.deepEqual(await target.ask('SELECT DISTINCT reason FROM ledger_transfers'), [{ reason: 'migration' }])
})

test('the audit finds it sound', async () => {
  const { code, said } = await runAudit(to)
  assert.deepEqual([code, said], [0, 'sound'])
})

test('the same command again changes nothing', async () => {
  const before = await target.fingerprint()
  const again = await runImport({ from, to })
  assert.equal(again.code, 0, again.said)
  assert.doesNotMatch(again.said, /^FAILS/m)
  assert.deepEqual(await target.fingerprint(), before)
})

/** When the only run began and ended. */
async function runTimes() {
  const [run] = await target.ask<{ began: number; ended: number }>(
    `SELECT (extract(epoch FROM started_at) * 1000)::float8 AS began, (extract(epoch FROM finished_at) * 1000)::float8 AS ended
     FROM legacy_runs`,
  )
  assert.ok(run)
  return { began: run.began - ROUNDED_MS, ended: run.ended }
}

function comparePerson(one: Inhabitant | undefined, group: TrueGroup, run: { began: number; ended: number }): void {
  assert.ok(one, `user ${group.ownerId} is missing`)
  const logins = [...group.telegramIds.map((id) => `telegram:${id}`), ...group.mails.map((mail) => `email:${mail}`)]
  assert.deepEqual(one.identities.toSorted(), logins.sort(), one.id)
  assert.deepEqual(one.credits, group.credits, one.id)
  assert.deepEqual(
    one.lines.map(({ role, text, persona }) => [role, text, persona]),
    group.lines.map((line) => [line.role, line.text, personaOf(line, group)]),
    one.id,
  )
  for (const [index, { at }] of one.lines.entries()) {
    const was = group.lines[index]?.at ?? null
    if (was !== null) assert.equal(at, was, one.id)
    else assert.ok(Date.parse(at) >= run.began && Date.parse(at) <= run.ended, `${one.id}: ${at}`)
  }
  compareFrame(one)
  const active = one.talks.filter(({ status }) => status === 'active').map(({ persona }) => persona)
  assert.deepEqual(active, [latestPersona(group)], one.id)
}

/** What holds for everybody: a dense history, one active talk, and each talk once. */
function compareFrame({ id, lines, seqs, talks }: Inhabitant): void {
  assert.deepEqual(
    lines.map(({ seq }) => seq),
    lines.map((_, index) => index + 1),
    id,
  )
  assert.deepEqual(seqs, [1, lines.length], id)
  assert.equal(talks.filter(({ status }) => status === 'active').length, 1, id)
  assert.equal(new Set(talks.map(({ persona }) => persona)).size, talks.length, id)
  for (const { status, archivedAt } of talks) assert.equal(archivedAt === null, status === 'active', id)
}

const isOffered = (persona: string | null): persona is string => PERSONAS.some((known) => known === persona)

/** The companion under whom a line is kept: an unknown one under its name, none at all under the chosen one. */
function personaOf(line: TrueLine, group: TrueGroup): string {
  return line.persona ?? chosenPersona(group)
}

/** With whom the talk goes on: the last in the history who is here. */
function latestPersona(group: TrueGroup): string {
  const spoken = group.lines.map((line) => personaOf(line, group))
  return spoken.findLast(isOffered) ?? chosenPersona(group)
}

/** Whom the owner chose last; where the owner chose nobody, any of the same person. */
function chosenPersona({ ownerId, profileIds }: TrueGroup): string {
  const order = [ownerId, ...profileIds.filter((id) => id !== ownerId)]
  const chosen = order.map((id) => truth.dirty.profiles.find((profile) => profile.id === id)?.active_persona ?? null)
  const first = chosen.find((persona) => persona !== null) ?? null
  return isOffered(first) ? first : FIRST_PERSONA
}

interface PlainPerson {
  id: string
  identities: string[]
  name: string
  createdAt: string
  credits: Inhabitant['credits']
  lines: [role: string, text: string, at: string, persona: string, place: string][]
}

function plain(one: Inhabitant | undefined): PlainPerson | null {
  if (!one) return null
  compareFrame(one)
  const { id, identities, name, createdAt, credits } = one
  const lines = one.lines.map(({ role, text, at, persona, place }): PlainPerson['lines'][number] => [
    role,
    text,
    at,
    persona,
    place,
  ])
  return { id, identities: identities.toSorted(), name, createdAt, credits, lines }
}

/** The people with nothing wrong, as the source itself has them. */
async function cleanHouse(scope: Scope): Promise<PlainPerson[]> {
  const client = new pg.Client({ connectionString: from })
  await client.connect()
  scope.after(() => client.end())
  const at = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
  const { rows } = await client.query<PlainPerson>(
    `SELECT p.id, array_remove(ARRAY['email:' || p.email, 'telegram:' || p.telegram_id], NULL) AS identities,
       concat_ws(' ', first_name, last_name) AS name, ${at('p.created_at')} AS "createdAt",
       jsonb_build_object('basic', coalesce(c.basic, 0), 'pro', coalesce(c.pro, 0), 'cassandra', coalesce(c.cassandra, 0)) AS credits,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(m.role, m.content, ${at('m.created_at')}, m.persona,
          CASE WHEN p.telegram_id IS NULL THEN 'web browser' ELSE 'telegram bot' END) ORDER BY m.created_at, m.id), '[]')
        FROM chat_messages m WHERE m.user_id = p.id) AS lines
     FROM profiles p LEFT JOIN user_credits c ON c.user_id = p.id WHERE p.id <> ALL($1::uuid[])`,
    [truth.dirty.profiles.map(({ id }) => id)],
  )
  return rows
}
