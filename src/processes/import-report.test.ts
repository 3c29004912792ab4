import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { runImport } from '#test/legacy/run-import'
import { tempFolder } from '#test/temp-folder'

const HOUSE = { seed: 8, users: 150, messages: 1_000 }

test('a run writes down what it came to, and what taking it back came to', async (t) => {
  const from = await legacyDatabase(t)
  const to = await legacyDatabase(t)
  const truth = await layLegacy(from, HOUSE)
  const folder = await tempFolder(t)
  const path = join(folder, 'proof.json')

  const dry = await runImport({ from, to, args: ['--dry-run', '--report', join(folder, 'dry.json')] })
  assert.equal(dry.code, 0, dry.said)
  const would = JSON.parse(await readFile(join(folder, 'dry.json'), 'utf8'))
  assert.deepEqual([would.dryRun, would.run, would.proof], [true, null, null])
  assert.deepEqual(sorted(would.rows), sorted(truth.outcomes))

  const done = await runImport({ from, to, args: ['--report', path] })
  assert.equal(done.code, 0, done.said)
  assert.deepEqual((await readdir(folder)).sort(), ['dry.html', 'dry.json', 'proof.html', 'proof.json'])
  const told = JSON.parse(await readFile(path, 'utf8'))
  assert.deepEqual(sorted(told.rows), sorted(truth.outcomes))
  assert.equal(told.proof.proves, true)
  assert.deepEqual([told.counts, told.credits], [would.counts, would.credits])
  for (const type of ['basic', 'pro', 'cassandra'] as const) {
    const { read, booked } = told.credits[type]
    assert.deepEqual([read, booked], [truth.creditsBefore[type], truth.creditsAfter[type]])
  }
  assert.equal(told.users, truth.users)
  assert.match(await readFile(join(folder, 'proof.html'), 'utf8'), /<h1>Proven<\/h1>/)

  const again = await runImport({ from, to, args: ['--report', join(folder, 'again.json')] })
  assert.equal(again.code, 0, again.said)
  assert.deepEqual(JSON.parse(await readFile(join(folder, 'again.json'), 'utf8')).rows, told.rows)

  const back = await runImport({ to, args: ['--rollback', told.run, '--report', join(folder, 'back.json')] })
  assert.equal(back.code, 0, back.said)
  const { state, takenBack, kept } = JSON.parse(await readFile(join(folder, 'back.json'), 'utf8'))
  assert.deepEqual([state, takenBack, kept], ['rolled_back', truth.users, []])
})

function sorted(rows: readonly { table: string; key: string; outcome: string; reason: string }[]): string[] {
  return rows.map(({ table, key, outcome, reason }) => `${table} ${key} ${outcome} ${reason}`).toSorted()
}
