import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '#test/database'
import { startTestSignIn } from './start-test-sign-in.ts'

// The limit of wrong codes that one client may type for one address in a day (contract: limits of this edge).
const WRONG_CODES_OF_A_STRANGER = 60
/** A code is dead after so many wrong ones. */
const TRIES_OF_A_CODE = 5
const OWNER = '198.51.100.1'
const HOUR_SECONDS = 3_600

const { db } = await testDatabase()

/** Somebody who owns an address, and whoever else types codes for it from elsewhere. */
async function ownerOf(email: string) {
  const { browser, codes } = await startTestSignIn(db)
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const lastCode = () => codes.findLast(({ to }) => to === email)?.code ?? ''
  return {
    lastCode,
    ask: () => browser()('/api/auth/email/start', { email }, from(OWNER)),
    enter: () => browser()('/api/auth/email/verify', { email, code: lastCode() }, from(OWNER)),
    /** Types a code that is not the right one. */
    guess(address: string) {
      const code = lastCode() === '123456' ? '654321' : '123456'
      return browser()('/api/auth/email/verify', { email, code }, from(address))
    },
  }
}

const STRANGERS = [
  { stranger: 'one address', email: 'first@example.org', addressOf: () => '203.0.113.9' },
  {
    stranger: 'all addresses of one network',
    email: 'second@example.org',
    addressOf: (n: number) => `2001:db8:1:2::${n.toString(16)}`,
  },
]

for (const { stranger, email, addressOf } of STRANGERS) {
  test(`A40 a stranger who types wrong codes from ${stranger} does not lock the owner out`, async () => {
    const owner = await ownerOf(email)
    assert.equal((await owner.ask()).status, 202)
    for (let tries = 0; tries < TRIES_OF_A_CODE; tries += 1)
      assert.equal((await owner.guess(addressOf(tries))).status, 401)
    assert.equal((await owner.enter()).status, 401, 'that code is used up')

    assert.equal((await owner.ask()).status, 202)
    assert.equal((await owner.enter()).status, 200, 'the next one is the owner’s')

    for (let tries = TRIES_OF_A_CODE; tries < WRONG_CODES_OF_A_STRANGER; tries += 1) {
      assert.equal((await owner.guess(addressOf(tries))).status, 401)
    }
    assert.equal((await owner.ask()).status, 202)
    for (let tries = 0; tries < TRIES_OF_A_CODE; tries += 1) {
      const refused = await owner.guess(addressOf(tries))
      assert.equal(refused.status, 429)
      assert.ok(Number(refused.headers.get('retry-after')) > HOUR_SECONDS)
    }
    assert.equal((await owner.enter()).status, 200, 'what the stranger types does not count any more')
  })
}
