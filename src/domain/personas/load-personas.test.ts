import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { loadPersonas } from './load-personas.ts'
import { PersonaFileError } from './persona-file-error.ts'

const shipped = new URL('../../../personas/', import.meta.url).pathname

test('the folder is read in the order of its file names', async () => {
  const files = await loadPersonas(shipped)
  assert.deepEqual(
    files.map(({ file, persona }) => [file, persona.id]),
    [
      ['personas/arina.yaml', 'arina'],
      ['personas/cassandra.yaml', 'cassandra'],
    ],
  )
})

test('the hash follows the words, not the layout', async (t) => {
  const folder = await copyOfPersonas(t)
  const before = await loadPersonas(folder)
  await edit(
    folder,
    (text) =>
      `# another remark\n${text.replace('price: { type: basic, amount: 1 }', 'price:\n  amount: 1\n  type: basic')}`,
  )
  const relaid = await loadPersonas(folder)
  assert.deepEqual(relaid[0]?.contentHash, before[0]?.contentHash)
  await edit(folder, (text) => text.replace('name: Арина', 'name: Ариша'))
  const reworded = await loadPersonas(folder)
  assert.notDeepEqual(reworded[0]?.contentHash, before[0]?.contentHash)
  assert.deepEqual(reworded[1]?.contentHash, before[1]?.contentHash)
})

test('an id used twice is refused at the second file', async (t) => {
  const folder = await copyOfPersonas(t)
  await cp(join(folder, 'arina.yaml'), join(folder, 'zoe.yml'))
  const error = await refusal(folder)
  assert.equal(error.file, `${basename(folder)}/zoe.yml`)
  assert.match(error.reason, /id "arina" is taken by .*arina\.yaml/)
})

test('a portrait or its PNG that is not there is refused at its line', async (t) => {
  const folder = await copyOfPersonas(t)
  await rm(join(folder, 'portraits/arina.png'))
  const error = await refusal(folder)
  const lines = (await readFile(join(folder, 'arina.yaml'), 'utf8')).split('\n')
  assert.match(lines[error.line - 1] ?? '', /^portrait:/)
  assert.match(error.reason, /portraits\/arina\.png is not there/)
})

test('a broken file is named with the folder, without the way to it', async (t) => {
  const folder = await copyOfPersonas(t)
  await edit(folder, (text) => text.replace('amount: 1', 'amount: much'))
  const error = await refusal(folder)
  assert.equal(error.file, `${basename(folder)}/arina.yaml`)
  assert.match(error.reason, /price\.amount/)
})

test('bytes that are no text, a file too long, an empty folder and no folder are refused', async (t) => {
  const folder = await copyOfPersonas(t)
  await writeFile(join(folder, 'arina.yaml'), Buffer.from([0x69, 0xff, 0xfe]))
  assert.match((await refusal(folder)).reason, /UTF-8/)
  await writeFile(join(folder, 'arina.yaml'), Buffer.alloc(300_000, '#'))
  assert.match((await refusal(folder)).reason, /longer than/)
  assert.match((await refusal(join(folder, 'portraits'))).reason, /no persona/)
  assert.match((await refusal(join(folder, 'nowhere'))).reason, /cannot be read/)
})

async function copyOfPersonas(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'personas-'))
  t.after(() => rm(folder, { recursive: true }))
  await cp(shipped, folder, { recursive: true })
  return folder
}

async function edit(folder: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, 'arina.yaml')
  await writeFile(path, change(await readFile(path, 'utf8')))
}

async function refusal(folder: string): Promise<PersonaFileError> {
  try {
    await loadPersonas(folder)
  } catch (error) {
    assert.ok(error instanceof PersonaFileError, String(error))
    return error
  }
  throw new assert.AssertionError({ message: 'the folder was taken' })
}
