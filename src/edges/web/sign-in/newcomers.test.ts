import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLimits } from '#edges/http'
import { testDatabase } from '#test/database'
import { startTestSignIn } from './start-test-sign-in.ts'

/** So many people one client may make in a day (contract: limits of this edge). */
const NEWCOMERS_MAX = 500
const FARM = '2001:db8:7:7'
const BEFORE_THE_LAST = NEWCOMERS_MAX - 2

const limits = createLimits()
const { browser, codes } = await startTestSignIn((await testDatabase()).db, { limits })

let asked = 0
async function enter(email: string, address: string): Promise<number> {
  asked += 1
  // Codes have a limit of their own.
  await browser()('/api/auth/email/start', { email }, { 'x-forwarded-for': `192.0.2.${asked % 250}` })
  const code = codes.findLast(({ to }) => to === email)?.code ?? ''
  return (await browser()('/api/auth/email/verify', { email, code }, { 'x-forwarded-for': address })).status
}

test('one network makes no people by the thousand; who was here before comes in, and so does everybody else', async () => {
  for (let made = 0; made < BEFORE_THE_LAST; made += 1) await limits.take('newLoginPerClient', FARM)
  assert.equal(await enter('early@example.org', `${FARM}::1`), 200)
  assert.equal(await enter('last@example.org', `${FARM}::2`), 200)
  assert.equal(await enter('farmed1@example.org', `${FARM}::3`), 429)
  assert.equal(await enter('farmed2@example.org', `${FARM}:ffff::1`), 429)
  assert.equal(await enter('early@example.org', `${FARM}::4`), 200, 'no newcomer')
  assert.equal(await enter('elsewhere@example.org', '198.51.100.4'), 200)
  assert.equal(await enter('farmed1@example.org', '198.51.100.4'), 200, 'the refused one is nobody yet, and may come')
})

test('behind a proxy on this machine that nobody named, people are not taken for one', async () => {
  for (let made = 0; made < NEWCOMERS_MAX; made += 1) await limits.take('newLoginPerClient', '127.0.0.1')
  assert.equal(await enter('local@example.org', '127.0.0.1'), 200)
})
