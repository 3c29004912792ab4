import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { User } from '#contract/api'
import { moveSession, userTopic } from '#domain/identity'
import { testDatabase } from '#test/database'
import { waitFor } from '#test/wait-for'
import { listen, startTestSignIn, type TestBrowser } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const { app, browser, codes, live } = await startTestSignIn(db)
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

interface Listed {
  id: string
  interface: string
  device: string
  lastSeenAt: string
  current: boolean
}

async function signIn(email: string): Promise<{ page: TestBrowser; user: User }> {
  const page = browser()
  await page('/api/auth/email/start', { email })
  const code = codes.at(-1)?.code
  const response = await page('/api/auth/email/verify', { email, code }, { 'user-agent': LINUX })
  return { page, user: ((await response.json()) as { user: User }).user }
}
const sessionsOf = async (page: TestBrowser) =>
  ((await (await page('/api/sessions')).json()) as { sessions: Listed[] }).sessions
const remove = (page: TestBrowser, path: string) => page(path, undefined, { 'x-method': 'DELETE' })

test('a person sees where they are signed in and which one this is', async () => {
  const { page } = await signIn('a@example.org')
  await signIn('a@example.org')
  const sessions = await sessionsOf(page)
  assert.equal(sessions.length, 2)
  assert.deepEqual(sessions.filter(({ current }) => current).length, 1)
  assert.deepEqual(
    sessions.map(({ device, interface: place }) => [device, place]),
    [
      ['Firefox, Linux', 'browser'],
      ['Firefox, Linux', 'browser'],
    ],
  )
})

test('signing out ends the session for good, tells open pages and empties the cache', async () => {
  const { page, user } = await signIn('b@example.org')
  const [session] = await sessionsOf(page)
  const heard = await listen(live, userTopic(user.id))
  const response = await page('/api/auth/sign-out', {})
  assert.equal(response.status, 204)
  assert.equal(response.headers.get('clear-site-data'), '"cache"')
  assert.match(response.headers.getSetCookie().join(), /^vitte=; Max-Age=0;/)
  assert.equal((await page('/api/sessions')).status, 401)
  await waitFor(() => heard.length > 0)
  assert.deepEqual(heard, [{ kind: 'session.ended', sessionId: session?.id }])
  assert.equal((await page('/api/auth/sign-out', {})).status, 204, 'nothing left to do is no error')
})

test('another site cannot sign anybody out', async () => {
  const { page } = await signIn('c@example.org')
  assert.equal((await page('/api/auth/sign-out', {}, { origin: 'https://evil.example' })).status, 403)
  assert.equal((await page('/api/sessions')).status, 200)
})

test('a session ends elsewhere, and only one’s own', async () => {
  const [here, there, stranger] = [
    await signIn('d@example.org'),
    await signIn('d@example.org'),
    await signIn('e@example.org'),
  ]
  const other = (await sessionsOf(here.page)).find(({ current }) => !current)
  assert.ok(other)
  assert.equal((await remove(stranger.page, `/api/sessions/${other.id}`)).status, 404)
  assert.equal((await there.page('/api/sessions')).status, 200)
  assert.equal((await remove(here.page, `/api/sessions/${other.id}`)).status, 204)
  assert.equal((await there.page('/api/sessions')).status, 401)
  assert.equal((await remove(here.page, `/api/sessions/${other.id}`)).status, 404)
  for (const id of ['x', '%00', '00000000-0000-7000-8000-000000000000']) {
    assert.equal((await remove(here.page, `/api/sessions/${id}`)).status, 404)
  }
})

test('all sessions end together, this one too', async () => {
  const [here, there] = [await signIn('f@example.org'), await signIn('f@example.org')]
  const heard = await listen(live, userTopic(here.user.id))
  assert.equal((await remove(here.page, '/api/sessions')).status, 204)
  for (const { page } of [here, there]) assert.equal((await page('/api/sessions')).status, 401)
  await waitFor(() => heard.length === 2)
})

test('a moved session gets its new secret with one answer, though a page asks for many things at once', async () => {
  const [mover, stayer] = [await signIn('g@example.org'), await signIn('h@example.org')]
  const [session] = await sessionsOf(mover.page)
  assert.ok(session)
  await moveSession(db, { sessionId: session.id, fromUserId: mover.user.id, toUserId: stayer.user.id })
  const answers = await Promise.all(Array.from({ length: 6 }, () => mover.page('/api/sessions')))
  assert.ok(answers.every(({ status }) => status === 200))
  assert.equal(answers.filter(({ headers }) => headers.getSetCookie().length > 0).length, 1)
  await sql`UPDATE sessions SET previous_valid_until = now() WHERE id = ${session.id}`.execute(db)
  const current = (await sessionsOf(mover.page)).find((each) => each.current)
  assert.equal(current?.id, session.id, 'the browser goes on with the new one')
})

test('what ends a session is written down', async () => {
  const [here, there] = [await signIn('i@example.org'), await signIn('i@example.org')]
  const [last, first] = await sessionsOf(here.page)
  assert.ok(last && first)
  await remove(here.page, `/api/sessions/${last.id}`)
  await here.page('/api/auth/sign-out', {})
  await remove((await signIn('i@example.org')).page, '/api/sessions')
  const { rows } = await sql<{ kind: string; details: unknown }>`
    SELECT kind, details FROM audit_events
    WHERE user_id = ${there.user.id} AND kind <> 'sign_in' AND client_hash IS NOT NULL ORDER BY id`.execute(db)
  assert.deepEqual(rows, [
    { kind: 'session_revoked', details: { sessionId: last.id } },
    { kind: 'sign_out', details: { sessionId: first.id } },
    { kind: 'session_revoked', details: { sessions: 1 } },
  ])
})

test('without a session there is nothing to see', async () => {
  for (const [path, method] of [
    ['/api/sessions', 'GET'],
    ['/api/sessions', 'DELETE'],
    ['/api/sessions/1', 'DELETE'],
  ] as const) {
    assert.equal((await app.request(path, { method })).status, 401)
  }
})

test('the page is told which ways in there are', async () => {
  const options = await (await browser()('/api/auth/options')).json()
  assert.deepEqual(options, {
    telegram: { botUsername: 'companion_bot', oidc: false, widget: true },
    providers: [],
    email: true,
  })
})
