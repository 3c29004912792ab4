import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { tempFolder } from '#test/temp-folder'
import { runApart } from './run-apart.ts'

const LONG_MS = 60_000

async function script(t: TestContext, text: string): Promise<string> {
  const file = join(await tempFolder(t, 'vitte-bench-script'), 'script.mjs')
  await writeFile(file, text)
  return file
}

test('a bench that fails is told from one that measured, and takes nobody with it', async (t) => {
  const failing = await script(t, 'process.exit(3)')
  await assert.rejects(runApart(failing, [], LONG_MS), /ended with 3 before/)
  const measuring = await script(t, 'process.send({ rows: [{ what: process.argv[2] }] }, () => process.exit(0))')
  assert.deepEqual(await runApart(measuring, ['one'], LONG_MS), [{ what: 'one' }])
})

test('a bench that never comes to an end is ended', async (t) => {
  const hanging = await script(t, 'setInterval(() => {}, 1_000)')
  await assert.rejects(runApart(hanging, [], 1), /ended with SIGTERM/)
})
