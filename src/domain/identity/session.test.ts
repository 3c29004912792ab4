import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createVault } from '#platform/vault'
import { testDatabase } from '#test/database'
import {
  createKeyRing,
  createSessionFinder,
  endSession,
  endSessionsFor,
  findOrCreateUser,
  foreignSessions,
  forgetStaleProofs,
  listSessions,
  liveSessions,
  moveSession,
  startSession,
} from './index.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const { db } = await testDatabase()
const vault = createVault({ masterKey: randomBytes(32) })
const keyRing = createKeyRing({ vault, db })
const findSession = createSessionFinder({ db, keyRing })
let made = 0

async function someone(): Promise<string> {
  made += 1
  const proof = {
    provider: 'telegram',
    externalId: `${made}`,
    channel: 'telegram',
    displayName: '',
    locale: 'en',
  } as const
  const { userId } = await findOrCreateUser(db, proof, { vault, keyRing, welcome: { basic: 0, pro: 0, cassandra: 0 } })
  return userId
}

/** Lets a session look as if it had been used last this long ago. */
async function age(id: string, ms: number): Promise<void> {
  await sql`UPDATE sessions SET last_seen_at = last_seen_at - make_interval(secs => ${ms / 1000}),
    expires_at = expires_at - make_interval(secs => ${ms / 1000}) WHERE id = ${id}`.execute(db)
}

test('a token leads to its session and everything a request needs of the user', async () => {
  const userId = await someone()
  const session = await startSession(db, { userId, interface: 'browser', device: 'Firefox, Linux' })
  assert.match(session.token, /^[A-Za-z0-9_-]{43}$/)
  const found = await findSession(session.token)
  assert.deepEqual(
    { ...found, keyId: undefined },
    {
      id: session.id,
      userId,
      interface: 'browser',
      locale: 'en',
      adult: false,
      keyId: undefined,
      fresh: true,
      renewed: false,
      changeSecret: null,
    },
  )
  assert.equal((await keyRing.current(userId)).key.id, found?.keyId)
})

test('the token itself is not in the database', async () => {
  const session = await startSession(db, { userId: await someone(), interface: 'webapp', device: '' })
  const { rows } = await sql<{
    row: string
  }>`SELECT sessions::text AS row FROM sessions WHERE id = ${session.id}`.execute(db)
  assert.ok(rows[0] && !rows[0].row.includes(session.token))
  assert.ok(!rows[0].row.includes(Buffer.from(session.token).toString('hex')))
})

test('anything else leads nowhere', async () => {
  for (const token of ['', 'x', 'A'.repeat(43), 'A'.repeat(44), `${'A'.repeat(42)}=`, "' OR true --"]) {
    assert.equal(await findSession(token), null)
  }
})

test('a Mini App lives a day from its last use, a browser thirty', async () => {
  const userId = await someone()
  for (const [kind, days] of [
    ['webapp', 1],
    ['browser', 30],
  ] as const) {
    const session = await startSession(db, { userId, interface: kind, device: '' })
    assert.ok(Math.abs(session.expiresAt.getTime() - Date.now() - days * DAY_MS) < HOUR_MS)
    await age(session.id, days * DAY_MS - HOUR_MS)
    assert.equal((await findSession(session.token))?.renewed, true, 'used in time, it begins anew')
    await age(session.id, days * DAY_MS - HOUR_MS)
    assert.ok(await findSession(session.token))
    await age(session.id, days * DAY_MS + HOUR_MS)
    assert.equal(await findSession(session.token), null)
  }
})

test('reading writes at most once a minute', async () => {
  const session = await startSession(db, { userId: await someone(), interface: 'browser', device: '' })
  assert.equal((await findSession(session.token))?.renewed, false)
  await age(session.id, 61_000)
  const reads = await Promise.all(Array.from({ length: 5 }, () => findSession(session.token)))
  assert.equal(reads.filter((found) => found?.renewed).length, 1)
  assert.equal((await findSession(session.token))?.renewed, false)
})

test('an ended session is dead at once, and only its owner can end it', async () => {
  const userId = await someone()
  const session = await startSession(db, { userId, interface: 'browser', device: '' })
  assert.equal(await endSession(db, await someone(), session.id), false)
  assert.ok(await findSession(session.token))
  assert.equal(await endSession(db, userId, session.id), true)
  assert.equal(await endSession(db, userId, session.id), false)
  assert.equal(await findSession(session.token), null)
})

test('all sessions of a user end together, nobody else is touched', async () => {
  const userId = await someone()
  const mine = await Promise.all([1, 2, 3].map(() => startSession(db, { userId, interface: 'webapp', device: '' })))
  const other = await startSession(db, { userId: await someone(), interface: 'webapp', device: '' })
  const ids = mine.map(({ id }) => id)
  const living = async () => new Set((await liveSessions(db, [...ids, other.id])).keys())
  assert.deepEqual(await living(), new Set([...ids, other.id]))
  assert.deepEqual(new Set(await endSessionsFor(db, userId, ids[0] ?? null)), new Set(ids.slice(1)), 'all but one')
  assert.deepEqual(await endSessionsFor(db, userId, null), ids.slice(0, 1))
  assert.deepEqual(await living(), new Set([other.id]))
  assert.deepEqual(await liveSessions(db, []), new Map())
  assert.deepEqual(await listSessions(db, userId), [])
})

test('the list shows living sessions, last used first', async () => {
  const userId = await someone()
  const old = await startSession(db, { userId, interface: 'browser', device: 'Firefox, Linux' })
  await age(old.id, HOUR_MS)
  const fresh = await startSession(db, { userId, interface: 'webapp', device: 'Telegram, Android' })
  const gone = await startSession(db, { userId, interface: 'webapp', device: '' })
  await age(gone.id, 2 * DAY_MS)
  const listed = await listSessions(db, userId)
  assert.deepEqual(
    listed.map(({ id, device }) => [id, device]),
    [
      [fresh.id, 'Telegram, Android'],
      [old.id, 'Firefox, Linux'],
    ],
  )
})

test('a session of a user who was merged away does not speak for the survivor', async () => {
  const [loser, survivor] = [await someone(), await someone()]
  const session = await startSession(db, { userId: loser, interface: 'browser', device: '' })
  await db.updateTable('users').set({ merged_into: survivor }).where('id', '=', loser).execute()
  assert.equal(await findSession(session.token), null)
})

test('what ended long ago is forgotten', async () => {
  const userId = await someone()
  const [ended, live] = await Promise.all(
    [1, 2].map(() => startSession(db, { userId, interface: 'browser', device: '' })),
  )
  assert.ok(ended && live)
  await endSession(db, userId, ended.id)
  await sql`UPDATE sessions SET revoked_at = now() - interval '31 days' WHERE id = ${ended.id}`.execute(db)
  await forgetStaleProofs(db)
  const { rows } = await sql<{ id: string }>`SELECT id FROM sessions WHERE user_id = ${userId}`.execute(db)
  assert.deepEqual(rows, [{ id: live.id }])
})

test('of sessions held open those are named that have ended or are another user’s, each by its holder', async () => {
  const [userId, other] = [await someone(), await someone()]
  const sessions = await Promise.all(
    [1, 2, 3].map(() => startSession(db, { userId, interface: 'browser', device: '' })),
  )
  const held = sessions.map(({ id }) => ({ sessionId: id, userId }))
  assert.deepEqual(await foreignSessions(db, held), [])
  await endSession(db, userId, held[1]?.sessionId ?? '')
  const moved = { sessionId: held[2]?.sessionId ?? '', userId: other }
  await moveSession(db, { sessionId: moved.sessionId, fromUserId: userId, toUserId: other })
  assert.deepEqual(await foreignSessions(db, [moved, ...held]), held.slice(1))
  assert.deepEqual(await foreignSessions(db, []), [])
})
