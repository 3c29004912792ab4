import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database'
import { holdWriters, standingStill } from '#test/hold-writers'
import { compareContents, contentsOf } from '#test/legacy/contents'
import { createDraw } from '#test/legacy/draw'
import { type LegacyPlan, layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { readTarget } from '#test/legacy/read-target'
import { writeRows } from '#test/legacy/rows'
import { type Ended, endOf, runImport, startImport } from '#test/legacy/run-import'
import { atEnd, type Scope } from '#test/scope'
import { administer } from '#test/template'

/** More people than one chunk has, so that the old house is still being read when the first ones are written. */
const LARGE = { seed: 20_261_127, users: 3_600, messages: 5_000 }
const SMALL = { seed: 20_261_128, users: 150, messages: 900 }
const LATER_SEED = 78
const LATER_LINE = 1_000_001
const COMMAND = 'vitte-import-legacy'

test('what is written in the old house while it is read waits for the next time', async (t) => {
  const from = await legacyDatabase(t)
  await layLegacy(from, LARGE)
  const [one, other] = [await testDatabase(t), await testDatabase(t)]
  assert.equal((await runImport({ from, to: one.connectionString })).code, 0)
  const expected = await contentsOf(await readTarget(t, one.connectionString))
  const { release, ended } = await startHeld(t, { from, database: other })
  await writeMeanwhile(from)
  await release()
  const { code, said } = await ended
  assert.equal(code, 0, said)
  assert.doesNotMatch(said, /^FAILS/m)
  await compareContents(await readTarget(t, other.connectionString), expected)
})

test('a second command at the same time says so, and harms nothing', async (t) => {
  const { from, database } = await twoHouses(t, SMALL)
  const { release, ended } = await startHeld(t, { from, database })
  const second = await runImport({ from, to: database.connectionString })
  isSentence(second, /Another import-legacy is at work/)
  await release()
  const first = await ended
  assert.equal(first.code, 0, first.said)
})

test('the connection to the old house lost in the midst', async (t) => {
  await survives(t, LARGE, ({ from }) => endSessions(from), /The old (database|connection).*\.$/m)
})

test('the connection to the new house lost in the midst', async (t) => {
  await survives(t, SMALL, ({ database }) => endSessions(database.connectionString), /database.*\.$/m)
})

test('asked to stop in the midst it stops, and the same command goes on', async (t) => {
  const { from, truth, database } = await twoHouses(t, SMALL)
  const { release, ended, program } = await startHeld(t, { from, database })
  program.kill('SIGINT')
  await release()
  const stopped = await ended
  assert.notEqual(stopped.code, 0, 'what is not done is not proven')
  assert.doesNotMatch(stopped.said, /^\s+at /m)
  await endsWhole(t, { from, database, users: truth.users })
})

interface Houses {
  from: string
  database: TestDatabase
}

/** Something breaks in the midst: it ends with a sentence, and the same command brings everybody. */
async function survives(
  t: TestContext,
  plan: LegacyPlan,
  breaks: (houses: Houses) => Promise<void>,
  pattern: RegExp,
): Promise<void> {
  const { from, truth, database } = await twoHouses(t, plan)
  const { release, ended } = await startHeld(t, { from, database })
  await breaks({ from, database })
  await release()
  isSentence(await ended, pattern)
  await endsWhole(t, { from, database, users: truth.users })
}

async function endsWhole(t: TestContext, { from, database, users }: Houses & { users: number }): Promise<void> {
  const again = await runImport({ from, to: database.connectionString })
  assert.equal(again.code, 0, again.said)
  assert.equal((await (await readTarget(t, database.connectionString)).inhabitants()).length, users)
}

async function twoHouses(t: TestContext, plan: LegacyPlan) {
  const from = await legacyDatabase(t)
  const truth = await layLegacy(from, plan)
  return { from, truth, database: await testDatabase(t) }
}

/** The command, stopped where it writes the first people. */
async function startHeld(scope: Scope, { from, database }: Houses) {
  const release = await holdWriters(database, 'users')
  const program = startImport({ from, to: database.connectionString })
  const ended = endOf(program)
  atEnd(scope, async () => {
    await release()
    await program.stop()
  })
  await standingStill(database, 1)
  return { release, ended, program }
}

/** People come and go, write, spend, and change what they said, most of all those who are read last. */
async function writeMeanwhile(from: string): Promise<void> {
  const draw = createDraw(LATER_SEED)
  const profiles = [draw.profile({ telegram_id: '900000002' }), draw.profile({ telegram_id: '900000003' })]
  const messages = profiles
    .flatMap(({ id }) => draw.talk(id))
    .map((line, index) => ({ ...line, id: String(LATER_LINE + index) }))
  const client = new pg.Client({ connectionString: from })
  await client.connect()
  try {
    await writeRows(client, { profiles, messages, credits: profiles.map(({ id }) => draw.credits(id)) })
    await client.query(`
      UPDATE chat_messages SET content = 'Другое.' WHERE id % 3 = 0;
      UPDATE user_credits SET basic = basic + 1000;
      DELETE FROM chat_messages WHERE id % 7 = 0;
      DELETE FROM profiles WHERE id > 'f0000000-0000-0000-0000-000000000000'`)
  } finally {
    await client.end()
  }
}

/** Ends whatever the command has open there, as a restart of that server would. */
async function endSessions(connectionString: string): Promise<void> {
  await administer(
    connectionString,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND (application_name LIKE '${COMMAND}%' OR application_name LIKE 'vitte keys:%')`,
  )
}

function isSentence({ code, said }: Ended, pattern: RegExp): void {
  assert.equal(code, 1, said)
  assert.match(said, pattern)
  assert.doesNotMatch(said, /^\s+at /m)
}
