import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '#test/database'
import { startTestSandbox } from '#test/sandbox'
import { PUBLIC_URL, startTestSignIn, TELEGRAM } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const sandbox = await startTestSandbox(undefined, { appUrl: PUBLIC_URL })
const byToken = { ...TELEGRAM, botToken: sandbox.token }
const bySignature = { ...byToken, initDataKeys: [sandbox.signaturePublicKey] }
const { browser } = await startTestSignIn(db, { telegram: bySignature })

const enter = (initData: string, page = browser()) => page('/api/auth/telegram/mini-app', { initData })
const initDataOfSomebody = () => sandbox.telegram.initData(sandbox.telegram.addPerson().id)
async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as { code: string }).code]
}

test('by signature, the bot’s token proves nothing and is not needed', async () => {
  const id = sandbox.telegram.addPerson().id
  assert.equal((await enter(sandbox.telegram.initData(id, { token: '1:another-bot' }))).status, 200)
  const unsigned = sandbox.telegram.initData(id).replace(/&signature=[^&]*/, '')
  assert.deepEqual(await codeOf(await enter(unsigned)), [401, 'invalid_signature'])
})

test('by signature, a replayed payload is known again under whatever hash', async () => {
  const initData = initDataOfSomebody()
  const again = Array.from({ length: 21 }, (_, index) => {
    return enter(initData.replace(/hash=[0-9a-f]+/, `hash=${index}`))
  })
  const answers = await Promise.all(again)
  assert.equal(answers.filter(({ status }) => status === 200).length, 20)
  assert.deepEqual(await codeOf(await enter(initData)), [401, 'replayed'])
})

test('by token, a signature alone proves nothing', async () => {
  const bench = await startTestSignIn(db, { telegram: byToken })
  const initData = initDataOfSomebody()
  const forged = initData.replace(/hash=[0-9a-f]+/, `hash=${'0'.repeat(64)}`)
  assert.deepEqual(await codeOf(await enter(forged, bench.browser())), [401, 'invalid_signature'])
  assert.equal((await enter(initData, bench.browser())).status, 200)
})
