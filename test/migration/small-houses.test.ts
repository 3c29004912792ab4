import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { testDatabase } from '#test/database'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { type Inhabitant, readTarget } from '#test/legacy/read-target'
import { addKeys, createTables } from '#test/legacy/rows'
import { runAudit, runImport } from '#test/legacy/run-import'
import type { Scope } from '#test/scope'

const FIRST_TIME_MS = Date.UTC(2024, 0, 1)
const MINUTE_MS = 60_000

test('who came by themselves finds two profiles of theirs in the old house; all of it can be taken back and brought again', async (t) => {
  const house = await openHouse(t)
  await house.cameAlone(9, { telegram: '900', mail: 'nine@legacy.example.org', credits: 30, line: 'here' })
  await house.person(1, { telegram: '900', credits: 100 })
  await house.person(2, { mail: 'nine@legacy.example.org', credits: 1_000 })
  await house.line(11, 1, 'from the bot')
  await house.line(12, 2, 'from the site')
  const alone = await house.target.inhabitants()
  const first = await house.bring()
  assert.deepEqual(shown(await house.target.inhabitants()), [
    { credits: 1_130, texts: ['from the bot', 'here', 'from the site'] },
  ])
  const back = await house.take('--rollback', first.run)
  assert.equal(back.code, 0, back.said)
  assert.deepEqual((await house.target.inhabitants()).map(unplaced), alone.map(unplaced))
  await house.bring()
  assert.deepEqual(
    shown(await house.target.inhabitants()).map(({ credits }) => credits),
    [1_130],
  )
  assert.equal((await runAudit(house.to)).said, 'sound')
})

test('a mail that moves to a new profile leads to its user, is told as merged, and can be taken back', async (t) => {
  const house = await openHouse(t)
  await house.person(1, { telegram: '1', mail: 'm@legacy.example.org', credits: 10 })
  await house.line(1, 1, 'first')
  const first = await house.bring()
  const before = await house.target.inhabitants()
  await house.ask('UPDATE profiles SET email = NULL')
  await house.person(2, { mail: 'm@legacy.example.org', credits: 7 })
  await house.line(2, 2, 'second')
  const later = await house.bring('--since-last')
  assert.deepEqual(shown(await house.target.inhabitants()), [{ credits: 17, texts: ['first', 'second'] }])
  const merged = (await house.target.outcomes()).map(({ key, outcome, reason }) => [key, outcome, reason])
  assert.deepEqual(merged, [[idOf(2), 'merged', 'same_person']])
  assert.equal((await house.take('--rollback', later.run)).code, 0)
  assert.deepEqual(await house.target.inhabitants(), before)
  assert.equal((await house.take('--rollback', first.run)).code, 0)
  assert.deepEqual(await house.target.inhabitants(), [])
})

test('a line that was committed long after its id was given out is not missed in silence', async (t) => {
  const house = await openHouse(t)
  await house.person(1, { telegram: '1' })
  await house.line(1_000_000, 1, 'early')
  await house.bring()
  await house.line(500, 1, 'late')
  const { code, said } = await house.take('--since-last')
  assert.equal(code, 1, said)
  assert.match(said, /^FAILS .*no more than they have read: 1 ≠ 2$/m)
})

test('what was brought by an earlier run is proven with every later one', async (t) => {
  const house = await openHouse(t)
  for (const number of [1, 2]) {
    await house.person(number, { telegram: String(number), credits: 10 })
    await house.line(number, number, `line ${number}`)
  }
  await house.bring()
  await house.bring('--since-last')
  for (const [damage, fails] of [
    ['UPDATE credit_balances SET available = 0', /^FAILS .*users whose credits differ: 0 ≠ 2/m],
    ['DELETE FROM identities', /^FAILS .*users without a login: 0 ≠ 2/m],
    ["UPDATE messages SET role = 'assistant'", /^FAILS .*users whose history differs: 0 ≠ 2/m],
  ] as const) {
    await house.target.ask(damage)
    const { code, said } = await house.take()
    assert.equal(code, 1, said)
    assert.match(said, fails)
  }
})

interface SmallPerson {
  telegram?: string
  mail?: string
  credits?: number
}

async function openHouse(scope: Scope) {
  const from = await legacyDatabase(scope)
  const { connectionString: to } = await testDatabase(scope)
  const client = new pg.Client({ connectionString: from })
  await client.connect()
  scope.after(() => client.end())
  await createTables(client)
  await addKeys(client)
  const target = await readTarget(scope, to)
  const ask = (statement: string, values: unknown[] = []) => client.query(statement, values)
  const take = (...args: string[]) => runImport(args[0] === '--rollback' ? { to, args } : { from, to, args })
  const house = { to, target, ask, take, person, line, bring, cameAlone }
  return house

  async function person(number: number, { telegram, mail, credits = 0 }: SmallPerson): Promise<void> {
    const at = new Date(FIRST_TIME_MS + number * MINUTE_MS)
    await ask('INSERT INTO profiles (id, telegram_id, email, created_at) VALUES ($1, $2, $3, $4)', [
      idOf(number),
      telegram,
      mail,
      at,
    ])
    await ask('INSERT INTO user_credits VALUES ($1, $2, 0, 0, $3)', [idOf(number), credits, at])
  }

  async function line(id: number, number: number, text: string): Promise<void> {
    const at = new Date(FIRST_TIME_MS + id * MINUTE_MS)
    await ask("INSERT INTO chat_messages VALUES ($1, $2, 'arina', 'user', $3, $4)", [id, idOf(number), text, at])
  }

  async function bring(...args: string[]) {
    const { code, said } = await take(...args)
    assert.equal(code, 0, said)
    return { run: /^Run (\S+) is proven/m.exec(said)?.[1] ?? '' }
  }

  /** Somebody as if no import had brought them: the old house has nothing of them. */
  async function cameAlone(number: number, { line: text, ...given }: SmallPerson & { line: string }): Promise<void> {
    await person(number, given)
    await line(1, number, text)
    await bring()
    for (const table of ['looks', 'shares', 'profiles', 'rows', 'runs']) await target.ask(`DELETE FROM legacy_${table}`)
    for (const table of ['profiles', 'chat_messages', 'user_credits']) await ask(`DELETE FROM ${table}`)
  }
}

function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

function shown(people: readonly Inhabitant[]) {
  return people.map(({ credits, lines }) => ({ credits: credits.basic, texts: lines.map(({ text }) => text) }))
}

/** Lines that moved up to make room stay where they are: places are counted from anywhere. */
function unplaced({ seqs: [base, last], lines, ...rest }: Inhabitant) {
  return { ...rest, length: last - base + 1, lines: lines.map((line, index) => ({ ...line, seq: index + 1 })) }
}
