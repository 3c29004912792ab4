import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { User } from '#contract/api'
import { findIdentity, listIdentities, liveUserId } from '#domain/identity'
import { testDatabase } from '#test/database'
import { signInitData, signWidget, startTestSignIn, type TestBrowser } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const { browser, clock, codes } = await startTestSignIn(db)
const nowSeconds = () => Math.floor(clock.now().getTime() / 1000)
let people = 90_000

type Answer = { status: number; body: { user?: User; status?: string; token?: string; code?: string } }

async function byTelegram(page: TestBrowser, id: number): Promise<Answer> {
  const fields = signWidget({ id, first_name: 'Аня', auth_date: nowSeconds() })
  return answerOf(await page('/api/auth/telegram/widget', fields))
}

async function byMail(page: TestBrowser, email: string): Promise<Answer> {
  assert.equal((await page('/api/auth/email/start', { email })).status, 202)
  const code = codes.findLast(({ to }) => to === email)?.code
  return answerOf(await page('/api/auth/email/verify', { email, code }))
}

async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

const newId = () => {
  people += 1
  return people
}
const newAddress = () => `person${newId()}@example.org`
const loginsOf = async (userId: string | undefined) =>
  (await listIdentities(db, userId ?? '')).map(({ provider }) => provider).toSorted()
const userOf = async (id: number) => (await findIdentity(db, 'telegram', String(id)))?.userId

/** A line of history is what nobody wants to lose. */
async function giveHistory(userId: string | undefined): Promise<void> {
  await sql`
    INSERT INTO messages (user_id, seq, id, role, channel, interface, content_type, sealed_text)
    SELECT id, last_seq + 1, gen_random_uuid(), 'user', 'web', 'browser', 'text', 'sealed' FROM users WHERE id = ${userId}
  `.execute(db)
  await sql`UPDATE users SET last_seq = last_seq + 1 WHERE id = ${userId}`.execute(db)
}

/** As if this person had come ten minutes ago. */
async function growStale(userId: string | undefined): Promise<void> {
  await sql`UPDATE sessions SET proven_at = now() - interval '10 minutes' WHERE user_id = ${userId}`.execute(db)
}

test('one’s own login proves who one is once more: the same user, a new session', async () => {
  const page = browser()
  const email = newAddress()
  const first = await byMail(page, email)
  const again = await byMail(page, email)
  assert.equal(again.status, 200)
  assert.equal(again.body.user?.id, first.body.user?.id)
})

test('a login that nobody has becomes one’s own', async () => {
  const page = browser()
  const id = newId()
  const { body } = await byTelegram(page, id)
  const added = await byMail(page, newAddress())
  assert.equal(added.body.user?.id, body.user?.id)
  assert.deepEqual(await loginsOf(body.user?.id), ['email', 'telegram'])
  const second = await byMail(page, newAddress())
  assert.equal(second.body.user?.id, body.user?.id)
})

test('Telegram joins a web login that has nothing to lose at once, and the Telegram user survives', async () => {
  const telegramId = newId()
  const inTelegram = await byTelegram(browser(), telegramId)
  const page = browser()
  const onSite = await byMail(page, newAddress())
  const joined = await byTelegram(page, telegramId)
  assert.equal(joined.status, 200)
  assert.equal(joined.body.user?.id, inTelegram.body.user?.id)
  assert.deepEqual(await loginsOf(joined.body.user?.id), ['email', 'telegram'])
  assert.equal(await liveUserId(db, onSite.body.user?.id ?? ''), joined.body.user?.id)
  assert.equal((await page('/api/sessions')).status, 200)
})

test('a web login with a history is not joined without a word, and stays signed in', async () => {
  const page = browser()
  const { body } = await byMail(page, newAddress())
  await giveHistory(body.user?.id)
  const telegramId = newId()
  const asked = await byTelegram(page, telegramId)
  assert.equal(asked.status, 200)
  assert.equal(asked.body.status, 'confirm_required')
  assert.match(asked.body.token ?? '', /^[\w-]{43}$/)
  assert.deepEqual(await loginsOf(body.user?.id), ['email'])
  assert.notEqual(await userOf(telegramId), body.user?.id)
  assert.equal((await page('/api/sessions')).status, 200)
})

test('who came long ago must confirm even with nothing to lose, and cannot add a login', async () => {
  const page = browser()
  const { body } = await byMail(page, newAddress())
  await growStale(body.user?.id)
  assert.equal((await byTelegram(page, newId())).body.status, 'confirm_required')
  const added = await byMail(page, newAddress())
  assert.deepEqual([added.status, added.body.code], [403, 'not_fresh'])
})

test('a second Telegram is refused, and so is a second full web login', async () => {
  const page = browser()
  const telegramId = newId()
  await byTelegram(page, telegramId)
  const other = await byTelegram(page, newId())
  assert.deepEqual([other.status, other.body.code], [409, 'web_already_linked'])
  await byMail(page, newAddress())
  const stranger = browser()
  await byMail(stranger, newAddress())
  const taken = await byTelegram(stranger, telegramId)
  assert.deepEqual([taken.status, taken.body.code], [409, 'telegram_already_linked'])
})

test('two web logins of two users stay two', async () => {
  const email = newAddress()
  const first = await byMail(browser(), email)
  const page = browser()
  await byMail(page, newAddress())
  const taken = await byMail(page, email)
  assert.deepEqual([taken.status, taken.body.code], [409, 'login_taken'])
  assert.deepEqual(await loginsOf(first.body.user?.id), ['email'])
})

test('a Telegram user takes a web login of another user in: at once if it is empty, else after a word', async () => {
  const email = newAddress()
  const web = await byMail(browser(), email)
  const page = browser()
  const telegram = await byTelegram(page, newId())
  const joined = await byMail(page, email)
  assert.equal(joined.body.user?.id, telegram.body.user?.id)
  assert.equal(await liveUserId(db, web.body.user?.id ?? ''), telegram.body.user?.id)

  const fullEmail = newAddress()
  const full = await byMail(browser(), fullEmail)
  await giveHistory(full.body.user?.id)
  const another = browser()
  await byTelegram(another, newId())
  assert.equal((await byMail(another, fullEmail)).body.status, 'confirm_required')
})

test('a Mini App sign-in joins nothing', async () => {
  const page = browser()
  const { body } = await byMail(page, newAddress())
  const user = JSON.stringify({ id: newId(), first_name: 'Аня' })
  const initData = signInitData({ user, auth_date: String(nowSeconds()) })
  const answer = await answerOf(await page('/api/auth/telegram/mini-app', { initData }))
  assert.equal(answer.status, 200)
  assert.notEqual(answer.body.user?.id, body.user?.id)
  assert.deepEqual(await loginsOf(body.user?.id), ['email'])
})

test('a refused sign-in spends nothing: the same code works where it may', async () => {
  const telegramId = newId()
  const page = browser()
  await byTelegram(page, telegramId)
  await byMail(page, newAddress())
  const email = newAddress()
  await byMail(browser(), email)
  assert.equal((await page('/api/auth/email/start', { email })).status, 202)
  const code = codes.findLast(({ to }) => to === email)?.code
  const refused = await answerOf(await page('/api/auth/email/verify', { email, code }))
  assert.deepEqual([refused.status, refused.body.code], [409, 'telegram_already_linked'])
  assert.equal((await answerOf(await browser()('/api/auth/email/verify', { email, code }))).status, 200)
})
