import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openRooms } from '#test/rooms'
import {
  createSessionFinder,
  endSession,
  listSessions,
  liveSessions,
  moveSession,
  repointSessions,
  type SessionInterface,
  startSession,
} from './index.ts'

const { db, keyRing, newPerson } = await openRooms()
const findSession = createSessionFinder({ db, keyRing })

/** A session that has just become another user's. */
async function moved(place: SessionInterface = 'browser') {
  const [{ userId: from }, { userId: to }] = [await newPerson(), await newPerson()]
  const session = await startSession(db, { userId: from, interface: place, device: '' })
  assert.equal(await moveSession(db, { sessionId: session.id, fromUserId: from, toUserId: to }), true)
  return { ...session, from, to }
}

/** Lets a minute go by since the secret was changed. */
const letMinutePass = (id: string) =>
  sql`UPDATE sessions SET previous_valid_until = previous_valid_until - interval '60 seconds' WHERE id = ${id}`.execute(
    db,
  )

test('a session that was moved is the other user’s, and changes its secret once', async () => {
  const { id, token, to } = await moved()
  const found = await findSession(token)
  assert.equal(found?.userId, to)
  assert.deepEqual(await liveSessions(db, [id]), new Map([[id, to]]))
  const next = await found?.changeSecret?.()
  assert.ok(next && next !== token)
  const again = await findSession(next)
  assert.equal(again?.id, id)
  assert.equal(again?.changeSecret, null, 'no request after it changes it again')
})

test('of many requests at once one changes the secret, and all of them are served', async () => {
  const { id, token } = await moved()
  const found = await Promise.all(Array.from({ length: 8 }, () => findSession(token)))
  assert.ok(found.every((session) => session?.id === id))
  const secrets = await Promise.all(found.map((session) => session?.changeSecret?.()))
  assert.equal(secrets.filter((secret) => typeof secret === 'string').length, 1)
  const late = await findSession(token)
  assert.equal(late?.id, id, 'a request under way with the old secret')
  assert.equal(late?.changeSecret, null, 'the old secret changes nothing any more')
})

test('the old secret works for a minute, prolongs nothing, and never works again', async () => {
  const { id, token } = await moved()
  const next = await (await findSession(token))?.changeSecret?.()
  await sql`UPDATE sessions SET last_seen_at = last_seen_at - interval '10 minutes' WHERE id = ${id}`.execute(db)
  assert.equal((await findSession(token))?.renewed, false)
  await letMinutePass(id)
  assert.equal(await findSession(token), null)
  assert.ok(next && (await findSession(next)))
})

test('the end of a session ends both of its secrets', async () => {
  const { id, token, to } = await moved()
  const next = await (await findSession(token))?.changeSecret?.()
  assert.equal(await endSession(db, to, id), true)
  assert.equal(await findSession(token), null)
  assert.equal(await findSession(next ?? ''), null)
})

test('a session that ends before its secret changes gets no new one', async () => {
  const { id, token, to } = await moved()
  const found = await findSession(token)
  await endSession(db, to, id)
  assert.equal(await found?.changeSecret?.(), null)
})

test('a Mini App that was moved keeps its token: it is in no cookie', async () => {
  const { token, to } = await moved('webapp')
  const found = await findSession(token)
  assert.equal(found?.userId, to)
  assert.equal(found?.changeSecret, null)
})

test('only a living session of that very user moves', async () => {
  const [{ userId }, { userId: stranger }] = [await newPerson(), await newPerson()]
  const session = await startSession(db, { userId, interface: 'browser', device: '' })
  const move = (fromUserId: string) => moveSession(db, { sessionId: session.id, fromUserId, toUserId: stranger })
  assert.equal(await move(stranger), false)
  await endSession(db, userId, session.id)
  assert.equal(await move(userId), false)
})

test('sessions that are over go to the user that lives on; a living one stays where it is', async () => {
  const [{ userId: from }, { userId: to }] = [await newPerson(), await newPerson()]
  const [over, living] = [
    await startSession(db, { userId: from, interface: 'browser', device: '' }),
    await startSession(db, { userId: from, interface: 'browser', device: '' }),
  ]
  await endSession(db, from, over.id)
  await repointSessions(db, from, to)
  const { rows } = await sql<{ id: string }>`SELECT id FROM sessions WHERE user_id = ${to}`.execute(db)
  assert.deepEqual(rows, [{ id: over.id }])
  assert.deepEqual(await listSessions(db, to), [], 'nobody is signed in by it')
  assert.equal((await findSession(living.token))?.userId, from)
  assert.equal(await findSession(over.token), null)
})
