import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { testDatabase } from '#test/database'
import { compareContents, contentsOf } from '#test/legacy/contents'
import { createDraw } from '#test/legacy/draw'
import { layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { readTarget, type Target } from '#test/legacy/read-target'
import { writeRows } from '#test/legacy/rows'
import { runAudit, runImport } from '#test/legacy/run-import'
import { Person } from '#test/people'
import { startWorld } from '#test/world'
import { enterBot } from '../journeys/bot-chat.ts'

const PLAN = { seed: 20_261_125, users: 300, messages: 2_500 }
const LATER_SEED = 77
/** That there was a run and what it listed stays; companions and the installation are nobody's. */
const STAYS = ['installation', 'legacy_rows', 'legacy_runs', 'persona_versions', 'personas']
const NO_RUN = '00000000-0000-4000-8000-000000000000'
/** A message id above all that the house has below 2^53. */
const LATER_LINE = 1_000_001

test('a run is taken back whole, and can be brought again', async (t) => {
  const { from, to, target } = await openHouses(t)
  const before = await target.fingerprint(...STAYS)
  await bring({ from, to })
  const brought = await contentsOf(target)
  assert.ok(brought.users.length > 0)
  const run = await runOf(target, 'done')
  const back = await runImport({ to, args: ['--rollback', run] })
  assert.equal(back.code, 0, back.said)
  assert.deepEqual(await target.fingerprint(...STAYS), before)
  assert.deepEqual(await target.ask('SELECT id, state FROM legacy_runs'), [{ id: run, state: 'rolled_back' }])
  await bring({ from, to })
  await compareContents(target, brought)
  const again = await runImport({ to, args: ['--rollback', await runOf(target, 'done')] })
  assert.equal(again.code, 0, again.said)
  assert.deepEqual(await target.fingerprint(...STAYS), before)
})

test('taking back what is taken back already changes nothing', async (t) => {
  const { from, to, target } = await openHouses(t)
  await bring({ from, to })
  const args = ['--rollback', await runOf(target, 'done')]
  assert.equal((await runImport({ to, args })).code, 0)
  const before = await target.fingerprint('legacy_runs')
  await runImport({ to, args })
  assert.deepEqual(await target.fingerprint('legacy_runs'), before)
})

test('who has written or signed in since stays, whole and named; who was here before is not touched', async (t) => {
  const from = await legacyDatabase(t)
  const truth = await layLegacy(from, PLAN)
  const world = await startWorld(t)
  world.sandbox.model.control({ mode: 'echo' })
  const { connectionString: to } = world.database
  const target = await readTarget(t, to)
  const neighbour = new Person(world.vitte.url, t)
  await neighbour.signInByMail(world.sandbox, 'neighbour@example.org')
  await neighbour.confirmAdult()
  await neighbour.startConversation('arina')
  await neighbour.talk('Я уже здесь.')
  const [before] = await target.inhabitants()
  await bring({ from, to })
  const [writer, reader] = [await personBy(target, 'telegram:1'), await personBy(target, 'email:clean')]
  const telegramId = Number(writer.identities.find((name) => name.startsWith('telegram:'))?.slice('telegram:'.length))
  world.sandbox.telegram.addPerson({ id: telegramId, languageCode: 'ru' })
  const bot = await enterBot(world.sandbox, telegramId)
  bot.send('Я вернулась.')
  await bot.hears((text) => text === 'Я вернулась.')
  const mail = reader.identities.find((name) => name.startsWith('email:'))?.slice('email:'.length) ?? ''
  const site = new Person(world.vitte.url, t)
  assert.equal((await site.signInByMail(world.sandbox, mail)).id, reader.id)
  const run = await runOf(target, 'done')
  const back = await runImport({ to, args: ['--rollback', run] })
  assert.equal(back.code, 0, back.said)
  for (const { id } of [writer, reader]) assert.ok(back.said.includes(id), back.said)
  assert.match(back.said, new RegExp(`\\b${truth.users - 2}\\b`))
  const left = await target.inhabitants()
  assert.deepEqual(left.map(({ id }) => id).sort(), [before?.id, writer.id, reader.id].sort())
  assert.deepEqual(
    left.find(({ id }) => id === before?.id),
    before,
  )
  const stayed = left.find(({ id }) => id === writer.id)
  assert.deepEqual(stayed?.lines.slice(0, writer.lines.length), writer.lines)
  assert.ok(stayed?.lines.some(({ text }) => text === 'Я вернулась.'))
  assert.deepEqual(left.find(({ id }) => id === reader.id)?.lines, reader.lines)
  assert.equal((await runAudit(to)).said, 'sound')
  await t.test('and brought again, nothing of theirs is there twice', async () => {
    await bring({ from, to })
    const people = new Map((await target.inhabitants()).map((one) => [one.id, one]))
    assert.equal(people.size, truth.users + 1)
    for (const one of left) assert.deepEqual(people.get(one.id), one)
    assert.equal((await runAudit(to)).said, 'sound')
  })
})

for (const [run, sentence] of [
  [NO_RUN, /^There is no run \S+\.$/],
  ['the-last-one', /^--rollback needs the id of a run\b.*\.$/],
] as const) {
  test(`there is no run ${run}`, async (t) => {
    const { connectionString: to } = await testDatabase(t)
    const { code, said } = await runImport({ to, args: ['--rollback', run] })
    assert.equal(code, 1, said)
    assert.match(said, sentence)
  })
}

test('a run is taken back after those that stand on it', async (t) => {
  const { from, to, target } = await openHouses(t)
  await bring({ from, to })
  const [first, contents] = [await runOf(target, 'done'), await contentsOf(target)]
  await writeLater(from)
  await bring({ from, to, args: ['--since-last'] })
  const early = await runImport({ to, args: ['--rollback', first] })
  const [later] = await target.ask<{ id: string }>('SELECT id FROM legacy_runs WHERE id <> $1', [first])
  assert.equal(early.code, 1, early.said)
  assert.match(early.said, new RegExp(`^Run ${later?.id} stands on this one[^\\n]*$`))
  const back = await runImport({ to, args: ['--rollback', later?.id ?? ''] })
  assert.equal(back.code, 0, back.said)
  await compareContents(target, contents)
  assert.equal((await runImport({ to, args: ['--rollback', first] })).code, 0)
  assert.deepEqual(await target.inhabitants(), [])
})

async function openHouses(t: TestContext) {
  const from = await legacyDatabase(t)
  await layLegacy(from, PLAN)
  const { connectionString: to } = await testDatabase(t)
  return { from, to, target: await readTarget(t, to) }
}

async function bring(asked: { from: string; to: string; args?: string[] }): Promise<void> {
  const { code, said } = await runImport(asked)
  assert.equal(code, 0, said)
}

async function runOf({ ask }: Target, state: string): Promise<string> {
  const [run] = await ask<{ id: string }>('SELECT id FROM legacy_runs WHERE state = $1', [state])
  assert.ok(run, `no run is ${state}`)
  return run.id
}

/** Somebody with a history who has such a login. */
async function personBy(target: Target, login: string) {
  const found = (await target.inhabitants()).find(
    ({ identities, lines }) => lines.length > 0 && identities.length === 1 && identities[0]?.startsWith(login),
  )
  assert.ok(found, `nobody has ${login}…`)
  return found
}

/** Somebody new comes to the old house, and talks. */
async function writeLater(from: string): Promise<void> {
  const draw = createDraw(LATER_SEED)
  const profile = draw.profile({ telegram_id: '900000001' })
  const messages = draw.talk(profile.id).map((line, index) => ({ ...line, id: String(LATER_LINE + index) }))
  await withClient(from, (client) =>
    writeRows(client, { profiles: [profile], messages, credits: [draw.credits(profile.id)] }),
  )
}

async function withClient(url: string, deed: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await deed(client)
  } finally {
    await client.end()
  }
}
