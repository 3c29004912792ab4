import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { loadMasterKey, MasterKeyError } from './index.ts'

test('a configured key is taken as it is', async () => {
  const key = randomBytes(32)
  const loaded = await loadMasterKey({ base64: ` ${key.toString('base64')}\n` })
  assert.deepEqual(loaded, { masterKey: key, previousKey: null, generated: false })
})

test('a key that is not base64 of exactly 32 bytes is refused by name', async () => {
  const wrong = ['', 'abc', randomBytes(31).toString('base64'), randomBytes(33).toString('base64')]
  const spoilt = [`${randomBytes(32).toString('base64')}!`, randomBytes(32).toString('hex'), `${'A'.repeat(42)}B=`]
  for (const base64 of [...wrong, ...spoilt]) {
    await assert.rejects(loadMasterKey({ base64 }), (error) => {
      return error instanceof MasterKeyError && /MASTER_KEY/.test(error.message)
    })
  }
})

test('without a key and without a folder there is no start', async () => {
  await assert.rejects(loadMasterKey({}), MasterKeyError)
})

test('a made key is kept for the owner alone and found again', async (t) => {
  const folder = join(await temporaryFolder(t), 'new')
  const first = await loadMasterKey({ generateIn: folder })
  const second = await loadMasterKey({ generateIn: folder })
  assert.equal(first.generated, true)
  assert.deepEqual(second, { masterKey: first.masterKey, previousKey: null, generated: false })
  assert.equal((await stat(join(folder, 'master.key'))).mode & 0o777, 0o600)
  assert.deepEqual(await readdir(folder), ['master.key'])
})

test('starters at the same moment all use one key', async (t) => {
  const folder = await temporaryFolder(t)
  const loaded = await Promise.all(Array.from({ length: 8 }, () => loadMasterKey({ generateIn: folder })))
  assert.equal(new Set(loaded.map(({ masterKey }) => masterKey.toString('hex'))).size, 1)
  assert.equal(loaded.filter(({ generated }) => generated).length, 1)
})

test('a broken key file is told, never replaced', async (t) => {
  const folder = await temporaryFolder(t)
  await writeFile(join(folder, 'master.key'), 'half a ke')
  await assert.rejects(loadMasterKey({ generateIn: folder }), /master\.key must be base64/)
})

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vault-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}
