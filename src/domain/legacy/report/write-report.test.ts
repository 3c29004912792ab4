import assert from 'node:assert/strict'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { tempFolder } from '#test/temp-folder'
import type { Note } from '../rules/note.ts'
import { noCounts } from '../runs/counts.ts'
import type { Proof } from '../runs/prove.ts'
import type { Report } from './report.ts'
import { checkReportPath, ReportError } from './report-files.ts'
import { writeReport, writeReturnReport } from './write-report.ts'

const RUN = '0199aaaa-0000-7000-8000-000000000001'
const HOLDING: Proof = { checks: [{ what: 'users', source: 3, target: 3, holds: true }], differing: [] }
const FAILING: Proof = { checks: [{ what: 'users', source: 3, target: 2, holds: false }], differing: ['somebody'] }

function reportOf(given: Partial<Report> = {}, notes: readonly Note[] = []): Report {
  const counts = noCounts()
  counts.tables.chat_messages = { read: 1_500, taken: 1_498, known: 0, merged: 0, rejected: 2, repaired: 1 }
  counts.creditsRead.basic = 100
  counts.creditsLeft.basic = -5
  return {
    run: RUN,
    source: 'old.example:5432/house',
    target: 'localhost:5432/vitte',
    sinceLast: false,
    startedAt: new Date('2026-11-23T01:00:00.000Z'),
    finishedAt: new Date('2026-11-23T01:12:05.000Z'),
    seconds: 725,
    rate: 6_900,
    counts,
    proof: HOLDING,
    rows: from(notes),
    ...given,
  }
}

async function* from(notes: readonly Note[]): AsyncGenerator<Note> {
  yield* notes
}

const ROWS: Note[] = [
  { table: 'chat_messages', key: '7', outcome: 'rejected', reason: 'empty_content' },
  { table: 'chat_messages', key: '<b>"8"', outcome: 'rejected', reason: 'empty_content' },
  { table: 'profiles', key: 'p', outcome: 'merged', reason: 'same_person' },
]

test('the JSON holds every row, how often there was each reason, and the credits of each type', async (t) => {
  const path = join(await tempFolder(t), 'proof.json')
  await writeReport(path, reportOf({}, ROWS))
  const told = JSON.parse(await readFile(path, 'utf8'))
  assert.deepEqual(told.rows, ROWS)
  assert.deepEqual(told.reasons, [
    { table: 'chat_messages', outcome: 'rejected', reason: 'empty_content', count: 2 },
    { table: 'profiles', outcome: 'merged', reason: 'same_person', count: 1 },
  ])
  assert.deepEqual(told.credits.basic, { read: 100, left: -5, known: 0, short: 0, booked: 105 })
  assert.equal(told.counts.chat_messages.rejected, 2)
  assert.deepEqual([told.run, told.state, told.dryRun, told.proof.proves], [RUN, 'done', false, true])
})

test('a report without rows is whole too', async (t) => {
  const path = join(await tempFolder(t), 'proof.json')
  await writeReport(path, reportOf())
  const told = JSON.parse(await readFile(path, 'utf8'))
  assert.deepEqual([told.rows, told.reasons], [[], []])
})

test('what does not hold is not proven, and neither is what was not compared', async (t) => {
  const path = join(await tempFolder(t), 'proof.json')
  for (const proof of [FAILING, { checks: [], differing: [] }]) {
    await writeReport(path, reportOf({ proof }))
    assert.equal(JSON.parse(await readFile(path, 'utf8')).proof.proves, false)
    assert.match(await readFile(path.replace('.json', '.html'), 'utf8'), /<h1>Not proven<\/h1>/)
  }
})

test('a dry run proves nothing and has nothing to take back', async (t) => {
  const path = join(await tempFolder(t), 'dry.json')
  await writeReport(path, reportOf({ run: null, proof: null }, ROWS))
  const told = JSON.parse(await readFile(path, 'utf8'))
  assert.deepEqual([told.run, told.state, told.dryRun, told.proof], [null, 'dry_run', true, null])
  const page = await readFile(path.replace('.json', '.html'), 'utf8')
  assert.match(page, /<h1>Dry run<\/h1>/)
  assert.doesNotMatch(page, /--rollback/)
})

test('a number that would be rounded is written as text', async (t) => {
  const path = join(await tempFolder(t), 'proof.json')
  const counts = noCounts()
  counts.creditsRead.pro = 2 ** 60
  await writeReport(path, reportOf({ counts }))
  assert.equal(JSON.parse(await readFile(path, 'utf8')).credits.pro.read, String(2 ** 60))
})

test('JSON and page stand side by side, for nobody else to read', async (t) => {
  const folder = await tempFolder(t)
  await writeReport(join(folder, 'proof.json'), reportOf({}, ROWS))
  assert.deepEqual((await readdir(folder)).sort(), ['proof.html', 'proof.json'])
  for (const name of await readdir(folder)) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600)
})

test('rows that break off leave the former report as it was, and nothing half-written', async (t) => {
  const folder = await tempFolder(t)
  const path = join(folder, 'proof.json')
  await writeFile(path, 'the former one')
  async function* broken(): AsyncGenerator<Note> {
    yield* ROWS
    throw new Error('the database went away')
  }
  await assert.rejects(writeReport(path, reportOf({ rows: broken() })), /the database went away/)
  assert.equal(await readFile(path, 'utf8'), 'the former one')
  assert.deepEqual(await readdir(folder), ['proof.json'])
})

test('the report of taking back names who stays', async (t) => {
  const path = join(await tempFolder(t), 'back.json')
  const finishedAt = new Date('2026-11-23T02:00:00.000Z')
  const common = { run: RUN, target: 'localhost:5432/vitte', finishedAt, seconds: 2 }
  await writeReturnReport(path, { ...common, takenBack: 7, kept: ['somebody'], keptCount: 1 })
  const told = JSON.parse(await readFile(path, 'utf8'))
  assert.deepEqual([told.run, told.state, told.takenBack, told.kept], [RUN, 'rolled_back', 7, ['somebody']])
  assert.match(await readFile(path.replace('.json', '.html'), 'utf8'), /somebody/)
})

test('a path that cannot be written is told in a sentence, before anything is done', async (t) => {
  const folder = await tempFolder(t)
  const cases: [path: string, says: RegExp][] = [
    [join(folder, 'nowhere', 'proof.json'), /there is no such folder \(ENOENT\)/],
    [folder, /is no file/],
    ['/dev/null', /is no file/],
    [join(folder, 'proof.html'), /names the JSON file/],
    [join(folder, `${'x'.repeat(300)}.json`), /the name is too long/],
  ]
  for (const [path, says] of cases) {
    await assert.rejects(
      checkReportPath(path),
      (error: Error) => error instanceof ReportError && says.test(error.message),
    )
  }
  await checkReportPath(join(folder, 'proof.json'))
  assert.deepEqual(await readdir(folder), [], 'the look leaves nothing behind')
})
