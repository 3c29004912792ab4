import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '#contract/api'
import { findIdentity, listIdentities } from '#domain/identity'
import { testDatabase } from '#test/database'
import { startTestSignIn } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const { browser, codes } = await startTestSignIn(db)

const start = (email: unknown, headers = {}) => browser()('/api/auth/email/start', { email }, headers)
const verify = (email: string, code: unknown, page = browser()) => page('/api/auth/email/verify', { email, code })
function lastCode(address: string): string {
  return codes.findLast(({ to }) => to === address)?.code ?? ''
}
async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as { code: string }).code]
}

test('a code by mail signs a browser in, however the address is written', async () => {
  assert.equal((await start(' Anna@Example.org ', { 'accept-language': 'en' })).status, 202)
  assert.deepEqual(codes.at(-1), { to: 'anna@example.org', code: lastCode('anna@example.org'), locale: 'en' })
  const page = browser()
  const code = lastCode('anna@example.org')
  const response = await verify('ANNA@example.org', `${code.slice(0, 3)} ${code.slice(3)}`, page)
  assert.equal(response.status, 200)
  const { user } = (await response.json()) as { user: User }
  assert.equal(user.displayName, 'anna')
  assert.equal((await page('/api/sessions')).status, 200)
  const [identity] = await listIdentities(db, user.id)
  assert.deepEqual([identity?.displayName, identity?.channel], ['anna@example.org', 'web'])
})

test('the same address is the same person next time', async () => {
  const ids = []
  for (let i = 0; i < 2; i += 1) {
    await start('again@example.org')
    const { user } = (await (await verify('again@example.org', lastCode('again@example.org'))).json()) as { user: User }
    ids.push(user.id)
  }
  assert.equal(ids[0], ids[1])
})

test('nobody can tell a known address from an unknown one', async () => {
  await start('known@example.org')
  await verify('known@example.org', lastCode('known@example.org'))
  const [known, unknown] = await Promise.all([start('known@example.org'), start('unknown@example.org')])
  assert.deepEqual([known?.status, await known?.text()], [unknown?.status, await unknown?.text()])
  const [wrong, never] = await Promise.all([verify('known@example.org', 'x'), verify('nowhere@example.org', 'x')])
  assert.deepEqual(await codeOf(wrong), [401, 'invalid_code'])
  assert.deepEqual(await codeOf(never), [401, 'invalid_code'])
  assert.equal(await findIdentity(db, 'email', 'unknown@example.org'), null, 'asking makes nobody')
})

test('a code works once, also when it is sent twice at once', async () => {
  await start('once@example.org')
  const code = lastCode('once@example.org')
  const answers = await Promise.all([1, 2, 3].map(() => verify('once@example.org', code)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
})

test('a wrong code costs a try, and the tries stay spent', async () => {
  await start('tries@example.org')
  const code = lastCode('tries@example.org')
  const wrong = code === '123456' ? '123457' : '123456'
  for (let i = 0; i < 5; i += 1)
    assert.deepEqual(await codeOf(await verify('tries@example.org', wrong)), [401, 'invalid_code'])
  assert.deepEqual(await codeOf(await verify('tries@example.org', code)), [401, 'invalid_code'])
})

test('five codes in ten minutes without a pause, the sixth has to wait', async () => {
  for (let i = 0; i < 5; i += 1) assert.equal((await start('many@example.org')).status, 202)
  const sixth = await start('Many@example.org')
  assert.ok(Number(sixth.headers.get('retry-after')) > 500)
  assert.deepEqual(await codeOf(sixth), [429, 'rate_limited'])
  assert.equal((await verify('many@example.org', lastCode('many@example.org'))).status, 200, 'the fifth still works')
  assert.equal((await start('other@example.org')).status, 202)
})

test('guessing at many addresses from one place ends', async () => {
  const { browser: elsewhere } = await startTestSignIn(db)
  const answers: number[] = []
  for (let i = 0; i < 101; i += 1) {
    answers.push((await elsewhere()('/api/auth/email/verify', { email: `a${i}@example.org`, code: '111111' })).status)
  }
  assert.deepEqual(new Set(answers.slice(0, 100)), new Set([401]))
  assert.equal(answers.at(-1), 429)
})

test('what is no address is refused before anything is sent', async () => {
  const sent = codes.length
  for (const email of [
    '',
    'anna',
    'a@b',
    'a@example.org\r\nBcc: b@example.org',
    'a@x.org,b@x.org',
    'a'.repeat(400),
    5,
    null,
    ['a@x.org'],
  ]) {
    assert.deepEqual(await codeOf(await start(email)), [422, 'invalid_input'], String(email).slice(0, 30))
  }
  assert.equal((await verify('anna@example.org', 123456)).status, 422)
  assert.equal(codes.length, sent)
})
