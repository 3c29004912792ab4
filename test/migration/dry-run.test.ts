import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { testDatabase } from '#test/database'
import { layLegacy } from '#test/legacy/lay-legacy'
import { legacyDatabase } from '#test/legacy/legacy-database'
import { inOrder, readTarget } from '#test/legacy/read-target'
import { runImport } from '#test/legacy/run-import'
import type { TrueOutcome } from '#test/legacy/truth'
import { tempFolder } from '#test/temp-folder'

const PLAN = { seed: 20_261_132, users: 300, messages: 2_000 }
/** What any command does that opens this installation for the first time. */
const OPENED = ['installation', 'persona_versions', 'personas']

interface Report {
  rows: TrueOutcome[]
  counts: Record<string, Record<string, number>>
}

test('a dry run says what the first run will do, row by row, and writes nothing', async (t) => {
  const from = await legacyDatabase(t)
  const truth = await layLegacy(from, PLAN)
  const { connectionString: to } = await testDatabase(t)
  const target = await readTarget(t, to)
  const before = await target.fingerprint(...OPENED)
  const dry = await bring(t, { from, to, args: ['--dry-run'] })
  assert.deepEqual(await target.fingerprint(...OPENED), before)
  const wet = await bring(t, { from, to, args: [] })
  assert.deepEqual(inOrder(dry.rows), inOrder(wet.rows))
  assert.deepEqual(inOrder(wet.rows), await target.outcomes())
  assert.deepEqual(dry.counts, wet.counts)
  assert.equal(wet.rows.length, truth.outcomes.length)
})

/** The command with a report; the report and the page beside it are for nobody else's eyes. */
async function bring(t: TestContext, asked: { from: string; to: string; args: string[] }): Promise<Report> {
  const path = join(await tempFolder(t), 'report.json')
  const { code, said } = await runImport({ ...asked, args: [...asked.args, '--report', path] })
  assert.equal(code, 0, said)
  assert.equal((await stat(path)).mode & 0o077, 0)
  assert.match(await readFile(path.replace(/json$/, 'html'), 'utf8'), /<html/)
  return JSON.parse(await readFile(path, 'utf8'))
}
