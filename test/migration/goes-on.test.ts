import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { testDatabase } from '#test/database'
import { contentsOf } from '#test/legacy/contents'
import { createDraw } from '#test/legacy/draw'
import { layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { type Inhabitant, readTarget, type Target } from '#test/legacy/read-target'
import type { CreditType, LegacyCredits, LegacyMessage, LegacyProfile } from '#test/legacy/rows'
import { writeRows } from '#test/legacy/rows'
import { endOf, runAudit, runImport, startImport } from '#test/legacy/run-import'
import type { Scope } from '#test/scope'
import { waitFor } from '#test/wait-for'

/** More people than one chunk has. */
const PLAN = { seed: 20_261_130, users: 2_300, messages: 2_800 }
const LATER_SEED = 79
/** Each of these kinds, spread over everybody. */
const EACH = 12
/** Later than all lines of the house. */
const LATER = '2025-12-01T10:00:0'
/** Older than anybody: whoever has this claim would own a user, were it not somebody's already. */
const EARLIEST = '2020-01-01T00:00:00.000000Z'
const PAUSE_MS = 5

test('the old house goes on after the first run: what has come since is brought once, and added to whom it belongs', async (t) => {
  const { from, to, target } = await openHouses(t)
  await bring({ from, to })
  const [before, books] = [usersById(await contentsOf(target)), await creditSums(target)]
  const since = await goOn(t, from, before)
  await bring({ from, to, args: ['--since-last'] })
  await compare(target, before, since, books)
  await t.test('brought again it changes nothing but its own report', async () => {
    const prints = await target.fingerprint('legacy_runs', 'legacy_rows')
    await bring({ from, to, args: ['--since-last'] })
    assert.deepEqual(await target.fingerprint('legacy_runs', 'legacy_rows'), prints)
    await bring({ from, to })
    assert.deepEqual(await target.fingerprint('legacy_runs', 'legacy_rows'), prints)
  })
  assert.equal((await runAudit(to)).said, 'sound')
})

test('the old house goes on while the first run lies dead: nothing is lost and nothing doubled', async (t) => {
  const whole = await openHouses(t)
  await bring(whole)
  const [before, books] = [usersById(await contentsOf(whole.target)), await creditSums(whole.target)]
  const { from, to, target } = await openHouses(t)
  await killInTheMidst({ from, to, target })
  const since = await goOn(t, from, before)
  await bring({ from, to })
  await bring({ from, to, args: ['--since-last'] })
  await compare(target, before, since, books)
  assert.equal((await runAudit(to)).said, 'sound')
})

interface Houses {
  from: string
  to: string
  target: Target
}

async function openHouses(scope: Scope): Promise<Houses> {
  const from = await legacyDatabase(scope)
  await layLegacy(from, PLAN)
  const { connectionString: to } = await testDatabase(scope)
  return { from, to, target: await readTarget(scope, to) }
}

async function bring({ from, to, args }: { from: string; to: string; args?: string[] }): Promise<void> {
  const { code, said } = await runImport(args ? { from, to, args } : { from, to })
  assert.equal(code, 0, said)
  assert.doesNotMatch(said, /^FAILS/m)
}

/** As soon as the first chunk is in. */
async function killInTheMidst({ from, to, target }: Houses): Promise<void> {
  const program = startImport({ from, to })
  const first = () => target.ask('SELECT FROM users LIMIT 1').then((rows) => rows.length > 0)
  await waitFor(first, { pauseMs: PAUSE_MS, what: 'the first people' })
  program.kill('SIGKILL')
  await endOf(program)
  assert.deepEqual(await target.ask('SELECT state FROM legacy_runs'), [{ state: 'running' }])
}

type People = Map<string, Inhabitant>

function usersById({ users }: { users: Inhabitant[] }): People {
  return new Map(users.map((one) => [one.id, one]))
}

async function creditSums({ ask }: Target): Promise<unknown> {
  return ask('SELECT type, sum(available)::integer AS sum FROM credit_balances GROUP BY type ORDER BY type')
}

/** What the old house has written since, by the user whom it must reach. */
interface Since {
  lines: Map<string, string[]>
  credits: Map<string, Partial<Record<CreditType, number>>>
  newcomers: Map<string, string>
}

/** People of the clean mass write, earn and spend, come a second time with an older profile, and new ones come. */
async function goOn(scope: Scope, from: string, before: People): Promise<Since> {
  const draw = createDraw(LATER_SEED)
  const clean = [...before.values()].filter(({ identities: [login] }) => /^telegram:1\d{8}$/.test(login ?? ''))
  const step = Math.floor(clean.length / (3 * EACH))
  const chosen = Array.from({ length: 3 * EACH }, (_, index) => clean[index * step] as Inhabitant)
  const [talkers, earners, doubles] = [chosen.slice(0, EACH), chosen.slice(EACH, 2 * EACH), chosen.slice(2 * EACH)]
  const since: Since = { lines: new Map(), credits: new Map(), newcomers: new Map() }
  const profiles: LegacyProfile[] = []
  const credits: LegacyCredits[] = []
  const messages: LegacyMessage[] = []
  const tell = (profileId: string, userId: string) => {
    const lines = draw.talk(profileId, 2, (index) => ({ persona: 'arina', created_at: `${LATER}${index}.000001Z` }))
    messages.push(...lines)
    since.lines.set(
      userId,
      lines.map(({ content }) => content ?? ''),
    )
  }
  for (const { id } of talkers) tell(id, id)
  for (const one of doubles) {
    const telegram_id = one.identities[0]?.slice('telegram:'.length) ?? null
    const profile = draw.profile({ telegram_id, created_at: EARLIEST })
    profiles.push(profile)
    credits.push(draw.credits(profile.id, { basic: 5, pro: 0, cassandra: 1 }))
    since.credits.set(one.id, { basic: 5, cassandra: 1 })
    tell(profile.id, one.id)
  }
  for (let count = 0; count < EACH; count += 1) {
    const profile = draw.profile({ telegram_id: `90000000${10 + count}` })
    profiles.push(profile)
    credits.push(draw.credits(profile.id, { basic: 9, pro: 0, cassandra: 0 }))
    since.newcomers.set(profile.id, `telegram:${profile.telegram_id}`)
    since.credits.set(profile.id, { basic: 9 })
    tell(profile.id, profile.id)
  }
  for (const [index, { id, credits: had }] of earners.entries()) {
    since.credits.set(id, index % 2 === 0 ? { basic: 7 } : { basic: -had.basic, pro: 1 })
  }
  await write(scope, from, { profiles, messages, credits, earners, since })
  return since
}

async function write(
  scope: Scope,
  from: string,
  given: {
    profiles: LegacyProfile[]
    messages: LegacyMessage[]
    credits: LegacyCredits[]
    earners: Inhabitant[]
    since: Since
  },
): Promise<void> {
  const client = new pg.Client({ connectionString: from })
  await client.connect()
  scope.after(() => client.end())
  const { rows } = await client.query<{ last: string }>('SELECT max(id)::text AS last FROM chat_messages')
  const last = BigInt(rows[0]?.last ?? 0)
  const messages = given.messages.map((line, index) => ({ ...line, id: String(last + 1n + BigInt(index)) }))
  await writeRows(client, { ...given, messages })
  for (const { id, credits } of given.earners) {
    const more = given.since.credits.get(id)
    await client.query(
      `INSERT INTO user_credits VALUES ($1, $2, $3, $4, now())
       ON CONFLICT (user_id) DO UPDATE SET basic = $2, pro = $3, cassandra = $4`,
      [id, credits.basic + (more?.basic ?? 0), credits.pro + (more?.pro ?? 0), credits.cassandra],
    )
  }
}

/** Everybody is as before, with what has come since behind it. */
async function compare(target: Target, before: People, since: Since, books: unknown): Promise<void> {
  const now = usersById(await contentsOf(target))
  assert.equal(now.size, before.size + since.newcomers.size)
  const owners = new Map([...before.values()].flatMap((was) => was.identities.map((login) => [login, was] as const)))
  for (const one of now.values()) {
    // Who came a second time before the first one was in owns the user: then it bears another id.
    const was = before.get(one.id) ?? one.identities.map((login) => owners.get(login)).find((owner) => owner)
    const id = was?.id ?? one.id
    const more = since.credits.get(id)
    const texts = [...(was?.lines.map(({ text }) => text) ?? []), ...(since.lines.get(id) ?? [])]
    assert.deepEqual(
      one.lines.map(({ text }) => text),
      texts,
      id,
    )
    assert.deepEqual(
      one.lines.map(({ seq }) => seq),
      texts.map((_, index) => index + 1),
      id,
    )
    assert.deepEqual(one.seqs, [1, texts.length], id)
    assert.deepEqual(one.identities, was?.identities ?? [since.newcomers.get(id)], id)
    for (const type of ['basic', 'pro', 'cassandra'] as const) {
      assert.equal(one.credits[type], (was?.credits[type] ?? 0) + (more?.[type] ?? 0), `${id} ${type}`)
    }
    assert.equal(one.talks.filter(({ status }) => status === 'active').length, 1, id)
  }
  assert.notDeepEqual(await creditSums(target), books)
}
