import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '#contract/api'
import { findIdentity, listSessions, liveSessions, userTopic } from '#domain/identity'
import { testDatabase } from '#test/database'
import { waitFor } from '#test/wait-for'
import { listen, signInitData, signWidget, startTestSignIn } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const bench = await startTestSignIn(db)
const { app, browser, clock, live } = bench
const nowSeconds = () => Math.floor(clock.now().getTime() / 1000)
let people = 5_000

function initDataFor(id: number, more: Record<string, unknown> = {}): string {
  const user = JSON.stringify({ id, first_name: 'Аня', username: 'anya', language_code: 'en', ...more })
  return signInitData({ user, auth_date: String(nowSeconds()) })
}
const widgetFor = (id: number) => signWidget({ id, first_name: 'Аня', username: 'anya', auth_date: nowSeconds() })
const miniApp = (initData: unknown, headers = {}) => browser()('/api/auth/telegram/mini-app', { initData }, headers)
const next = () => (people += 1)
async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as { code: string }).code]
}

test('the Mini App gets a token that works in the header and nowhere else', async () => {
  const response = await miniApp(initDataFor(next()))
  assert.equal(response.status, 200)
  assert.deepEqual(response.headers.getSetCookie(), [])
  const { token, expiresAt, user } = (await response.json()) as { token: string; expiresAt: string; user: User }
  assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 86_400_000) < 60_000)
  assert.deepEqual([user.displayName, user.locale, user.adultConfirmedAt], ['Аня', 'en', null])
  const listed = await app.request('/api/sessions', { headers: { authorization: `Bearer ${token}` } })
  const { sessions } = (await listed.json()) as { sessions: { interface: string; current: boolean }[] }
  assert.deepEqual(
    sessions.map((session) => [session.interface, session.current]),
    [['webapp', true]],
  )
  assert.equal((await app.request('/api/sessions', { headers: { cookie: `vitte=${token}` } })).status, 401)
})

test('bot-side and page-side proofs of one Telegram id at once make one user', async () => {
  const id = next()
  const answers = await Promise.all([
    miniApp(initDataFor(id)),
    browser()('/api/auth/telegram/widget', widgetFor(id)),
    miniApp(initDataFor(id)),
    browser()('/api/auth/telegram/widget', widgetFor(id)),
  ])
  const users = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { user: User }).user.id))
  assert.equal(new Set(users).size, 1)
})

test('leave to write makes the person reachable, its absence changes nothing', async () => {
  const id = next()
  await miniApp(initDataFor(id))
  assert.equal((await findIdentity(db, 'telegram', String(id)))?.reachability, 'never_started')
  await miniApp(initDataFor(id, { allows_write_to_pm: true }))
  assert.equal((await findIdentity(db, 'telegram', String(id)))?.reachability, 'reachable')
})

test('the same init data works twenty times in its hour', async () => {
  const data = initDataFor(next())
  const uses = await Promise.all(Array.from({ length: 22 }, () => miniApp(data)))
  assert.equal(uses.filter(({ status }) => status === 200).length, 20)
  assert.deepEqual(await codeOf(await miniApp(data)), [401, 'replayed'])
})

test('the same widget payload works for a minute', async () => {
  const fields = widgetFor(next())
  assert.equal((await browser()('/api/auth/telegram/widget', fields)).status, 200)
  assert.equal((await browser()('/api/auth/telegram/widget', fields)).status, 200)
  await db
    .updateTable('proof_uses')
    .set({ first_used_at: new Date(Date.now() - 61_000) })
    .execute()
  assert.deepEqual(await codeOf(await browser()('/api/auth/telegram/widget', fields)), [401, 'replayed'])
})

test('init data and widget are stale after their time', async () => {
  const [data, fields] = [initDataFor(next()), widgetFor(next())]
  clock.advance(301_000)
  assert.deepEqual(await codeOf(await browser()('/api/auth/telegram/widget', fields)), [401, 'expired'])
  assert.equal((await miniApp(data)).status, 200)
  clock.advance(3_300_000)
  assert.deepEqual(await codeOf(await miniApp(data)), [401, 'expired'])
})

test('only the signed person counts, whatever stands beside the signature', async () => {
  const initData = initDataFor(next())
  const beside = await browser()('/api/auth/telegram/mini-app', { initData, user: { id: 1 } })
  assert.deepEqual(await codeOf(beside), [422, 'invalid_input'])
  for (const body of [{ initData: 5 }, { initData: [initData] }, { initData: { user: 1 } }, {}, [], null, 'text']) {
    assert.equal((await browser()('/api/auth/telegram/mini-app', body)).status, 422)
  }
  const inAddress = await browser()(`/api/auth/telegram/mini-app?initData=${encodeURIComponent(initData)}`, {
    initData,
  })
  assert.deepEqual(await codeOf(inAddress), [400, 'malformed'])
  const fields = widgetFor(next())
  for (const body of [
    { ...fields, id: [fields.id] },
    { ...fields, id: 1.5 },
    { ...fields, first_name: 1 },
    { ...fields, hash: null },
    [],
  ]) {
    assert.equal((await browser()('/api/auth/telegram/widget', body)).status, 422, JSON.stringify(body))
  }
  const { hash, ...unsigned } = fields
  assert.deepEqual(await codeOf(await browser()('/api/auth/telegram/widget', unsigned)), [401, 'invalid_signature'])
})

test('another site cannot sign a browser in', async () => {
  const fields = widgetFor(next())
  const foreign = await browser()('/api/auth/telegram/widget', fields, { origin: 'https://evil.example' })
  assert.deepEqual(await codeOf(foreign), [403, 'cross_site'])
  assert.deepEqual(foreign.headers.getSetCookie(), [])
})

test('every sign-in begins a new session and ends the one this browser had', async () => {
  const page = browser()
  const id = next()
  const { user } = (await (await page('/api/auth/telegram/widget', widgetFor(id))).json()) as { user: User }
  const [first] = await listSessions(db, user.id)
  assert.ok(first)
  const heard = await listen(live, userTopic(user.id))
  const again = await page('/api/auth/telegram/widget', widgetFor(id))
  assert.equal(again.status, 200)
  assert.match(
    again.headers.getSetCookie().join(),
    /^vitte=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  assert.equal((await liveSessions(db, [first.id])).size, 0)
  await waitFor(() => heard.some((signal) => signal.kind === 'session.ended' && signal.sessionId === first.id))
})

test('a cookie set before signing in is never taken over', async () => {
  const planted = 'A'.repeat(43)
  const response = await browser()('/api/auth/telegram/widget', widgetFor(next()), { cookie: `vitte=${planted}` })
  assert.equal(response.status, 200)
  assert.ok(!response.headers.getSetCookie().join().includes(planted))
})

test('a Mini App sign-in leaves the browser’s session alone', async () => {
  const page = browser()
  await page('/api/auth/telegram/widget', widgetFor(next()))
  assert.equal((await page('/api/auth/telegram/mini-app', { initData: initDataFor(next()) })).status, 200)
  assert.equal((await page('/api/sessions')).status, 200)
})
