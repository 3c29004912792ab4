import assert from 'node:assert/strict'
import { cp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { freePort } from '#test/free-port'
import { Person } from '#test/people'
import { startTestSandbox } from '#test/sandbox'
import { startInVain, startVitte, type Vitte } from '#test/vitte'
import { sandboxEnvironment } from '../harness/sandbox.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { runKeys } from './key-steps.ts'

const LINE = 'моя кошка Марта любит дождь'
/** As if neither a database nor a key were given: both are made in the folder. */
const OWN = { DATABASE_URL: '', MASTER_KEY: '' }

test('with the embedded database the key is changed beside a running Vitte and without one, and the former one stays for old backups', async (t) => {
  const { env, vitte, person } = await writtenFolder(t)
  const first = await keyOf(env.DATA_DIR)
  const beside = await runKeys('rotate', env)
  assert.equal(beside.code, 0, beside.said)
  const second = await keyOf(env.DATA_DIR)
  assert.notEqual(second, first)
  await person.talk('это сказано после смены ключа')
  await readsAll(person)
  await vitte.stop()

  const alone = await runKeys('rotate', env)
  assert.equal(alone.code, 0, alone.said)
  const files = (await readdir(env.DATA_DIR)).filter((name) => name.startsWith('master.key'))
  const kept = await Promise.all(files.map((name) => readFile(join(env.DATA_DIR, name), 'utf8')))
  assert.deepEqual(new Set(kept), new Set([first, second, await keyOf(env.DATA_DIR)]), 'no key is lost, none is double')
  assert.equal(files.length, 3)
  const again = await startVitte(t, env)
  await readsAll(person.at(again.url))
})

test('a folder that was stopped and copied with its key is the whole installation; without the key it refuses to start', async (t) => {
  const { env, vitte, person } = await writtenFolder(t)
  await vitte.stop()
  const copy = join(await tempFolder(t, 'vitte-backup'), 'data')
  await cp(env.DATA_DIR, copy, { recursive: true, preserveTimestamps: true })
  await rm(env.DATA_DIR, { recursive: true })
  const restored = await startVitte(t, { ...env, DATA_DIR: copy })
  await readsAll(person.at(restored.url))
  await restored.stop()
  await rm(join(copy, 'master.key'))
  const { code, said } = await startInVain({ ...env, DATA_DIR: copy })
  assert.equal(code, 1)
  assert.match(said, /no master\.key beside it/)
  assert.ok(!(await readdir(copy)).includes('master.key'), 'and none is made in its place')
})

async function writtenFolder(
  t: TestContext,
): Promise<{ env: Record<string, string> & { DATA_DIR: string }; vitte: Vitte; person: Person }> {
  const port = await freePort()
  const sandbox = await startTestSandbox(t, { appUrl: `http://127.0.0.1:${port}` })
  const env = {
    ...sandboxEnvironment(sandbox),
    ...OWN,
    PORT: String(port),
    DATA_DIR: join(await tempFolder(t, 'vitte-keys'), 'data'),
  }
  const vitte = await startVitte(t, env)
  const person = new Person(vitte.url, t)
  await person.signInByMail(sandbox, 'reader@example.org')
  await person.confirmAdult()
  await person.startConversation('arina')
  await person.talk(LINE)
  return { env, vitte, person }
}

async function readsAll(person: Person): Promise<void> {
  assert.ok((await person.history()).some(({ text }) => text === LINE))
}

const keyOf = (folder: string) => readFile(join(folder, 'master.key'), 'utf8')
