import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { insertNotice } from '#domain/delivery'
import { findIdentity, listIdentities, userTopic } from '#domain/identity'
import { testDatabase } from '#test/database'
import { waitFor } from '#test/wait-for'
import { listen, signInitData, signWidget, startTestSignIn, type TestBrowser } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const { app, browser, codes, live, clock } = await startTestSignIn(db)
const nowSeconds = () => Math.floor(clock.now().getTime() / 1000)
let made = 70_000

async function byMail(email: string, page = browser()): Promise<TestBrowser> {
  await page('/api/auth/email/start', { email })
  const response = await page('/api/auth/email/verify', { email, code: codes.at(-1)?.code })
  assert.equal(response.status, 200)
  return page
}

async function byTelegram(id: number, page = browser()): Promise<TestBrowser> {
  // A payload that is the same to the second is the same payload.
  clock.advance(1_000)
  const response = await page(
    '/api/auth/telegram/widget',
    signWidget({ id, first_name: 'Аня', auth_date: nowSeconds() }),
  )
  assert.equal(response.status, 200)
  return page
}

/** Somebody with Telegram and a mail address, both just proven in one browser. */
async function someone() {
  made += 1
  const [telegramId, email] = [made, `login-${made}@example.org`]
  const page = await byTelegram(telegramId, await byMail(email))
  const telegram = await findIdentity(db, 'telegram', String(telegramId))
  const mail = await findIdentity(db, 'email', email)
  assert.ok(telegram && mail && telegram.userId === mail.userId)
  return { page, telegramId, email, userId: telegram.userId, telegram: telegram.id, mail: mail.id }
}

async function remove(page: TestBrowser, identityId: string): Promise<string> {
  const response = await page(`/api/identities/${identityId}`, undefined, { 'x-method': 'DELETE' })
  const body = await response.text()
  return body === '' ? String(response.status) : `${response.status} ${JSON.parse(body).code}`
}

const loginsOf = async (userId: string) => (await listIdentities(db, userId)).map(({ provider }) => provider)
const ageProofs = (userId: string) =>
  sql`UPDATE session_proofs SET proven_at = proven_at - interval '6 minutes'
  WHERE session_id IN (SELECT id FROM sessions WHERE user_id = ${userId})`.execute(db)

async function auditOf(userId: string, kind: string) {
  const { rows } = await sql<{ details: Record<string, unknown>; known: boolean }>`
    SELECT details, client_hash IS NOT NULL AS known FROM audit_events
    WHERE user_id = ${userId} AND kind = ${kind} ORDER BY id`.execute(db)
  return rows
}

test('a login is removed by fresh proof of another one, down to the last', async () => {
  const one = await someone()
  assert.equal(await remove(one.page, one.mail), '204')
  assert.deepEqual(await loginsOf(one.userId), ['telegram'])
  assert.equal(await remove(one.page, one.mail), '404 not_found')
  assert.equal(await remove(one.page, one.telegram), '409 last_login')
})

test('without a fresh proof nothing is removed, and the login that would go is no proof', async () => {
  const one = await someone()
  await ageProofs(one.userId)
  assert.equal(await remove(one.page, one.mail), '403 not_fresh')
  const page = await byMail(one.email, one.page)
  assert.equal(await remove(page, one.mail), '403 not_fresh')
  assert.equal(await remove(page, one.telegram), '204', 'the other one may go: this one is proven')
})

test('a Mini App alone removes nothing: it can prove no other login', async () => {
  const one = await someone()
  const initData = signInitData({
    user: JSON.stringify({ id: one.telegramId, first_name: 'Аня' }),
    auth_date: `${nowSeconds()}`,
  })
  const answer = await browser()('/api/auth/telegram/mini-app', { initData })
  const { token } = (await answer.json()) as { token: string }
  const headers = { authorization: `Bearer ${token}` }
  assert.equal((await app.request(`/api/identities/${one.telegram}`, { method: 'DELETE', headers })).status, 403)
})

test('nobody removes what is not theirs, and nothing is said about it', async () => {
  const [one, other] = [await someone(), await someone()]
  assert.equal(await remove(one.page, other.mail), '404 not_found')
  for (const id of ['x', '%00', '00000000-0000-7000-8000-000000000000']) {
    assert.equal(await remove(one.page, id), '404 not_found')
  }
  assert.deepEqual((await loginsOf(other.userId)).toSorted(), ['email', 'telegram'])
})

test('who lost a Telegram throws its holder out, and the way is open for a new one', async () => {
  const one = await someone()
  const thief = await byTelegram(one.telegramId)
  const atHome = await byMail(one.email)
  const { sessions } = (await (await thief('/api/sessions')).json()) as { sessions: { id: string; current: boolean }[] }
  await insertNotice(db, {
    userId: one.userId,
    channel: 'telegram',
    address: String(one.telegramId),
    notice: { key: 'help', args: {} },
  })
  const heard = await listen(live, userTopic(one.userId))
  assert.equal(await remove(one.page, one.telegram), '204')
  assert.equal((await thief('/api/sessions')).status, 401)
  for (const page of [one.page, atHome]) assert.equal((await page('/api/sessions')).status, 200)
  const gone = sessions.find(({ current }) => current)?.id
  await waitFor(() => heard.some((signal) => signal.kind === 'session.ended' && signal.sessionId === gone))
  const { rows: owed } = await sql`
    SELECT state, last_error FROM deliveries WHERE address = ${String(one.telegramId)}`.execute(db)
  assert.deepEqual(owed, [{ state: 'failed', last_error: 'login_removed' }])
  assert.deepEqual(await loginsOf(one.userId), ['email'])
  made += 1
  await byTelegram(made, one.page)
})

test('a removal is written down without the name of the login', async () => {
  const one = await someone()
  await remove(one.page, one.mail)
  assert.deepEqual(await auditOf(one.userId, 'login_removed'), [
    { details: { provider: 'email', identityId: one.mail, sessions: 0 }, known: true },
  ])
})
