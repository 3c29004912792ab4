import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { endSession, moveSession, type UserSignal, userTopic } from '#domain/identity'
import { openRooms } from '#test/rooms'
import { startTestStreams } from './start-test-streams.ts'

const rooms = await openRooms()
const { db, live } = rooms
const { newReader } = await startTestStreams(rooms)

/** A talker with one page open. */
async function reader() {
  const someone = await newReader()
  return { ...someone, page: await someone.open() }
}

/** The history goes on from far above, as after a merge. */
async function renumber(userId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`UPDATE messages SET seq = seq + 100 WHERE user_id = ${userId}`.execute(tx)
    await sql`UPDATE turns SET message_seq = message_seq + 100 WHERE user_id = ${userId}`.execute(tx)
    await sql`UPDATE users SET seq_base = seq_base + 100, last_seq = last_seq + 100 WHERE id = ${userId}`.execute(tx)
  })
}

const tell = (userId: string, signal: UserSignal) => live.publish(userTopic(userId), signal)

test('a page whose session was moved to another user closes though nobody said so', async () => {
  const [one, other] = [await reader(), await reader()]
  await moveSession(db, { sessionId: one.sessionId, fromUserId: one.userId, toUserId: other.userId })
  await one.page.ended
  await other.say('Привет')
  await other.page.next('message', ({ text }) => text === 'Привет')
})

test('a page whose session has ended closes at the word of it, the others stay', async () => {
  const { userId, sessionId, page } = await reader()
  const other = await reader()
  await endSession(db, userId, sessionId)
  tell(userId, { kind: 'session.ended', sessionId })
  tell(other.userId, { kind: 'session.ended', sessionId })
  await page.ended
  await other.say('Я ещё здесь')
  await other.page.next('message', ({ text }) => text === 'Я ещё здесь')
})

test('after a reset every page fetches anew and goes on with what comes next', async () => {
  const { userId, page, open, say } = await reader()
  const second = await open()
  await say('раньше')
  await page.next('message', ({ text }) => text === 'раньше')
  await renumber(userId)
  tell(userId, { kind: 'reset' })
  await page.next('reset')
  await second.next('reset')
  await say('потом')
  const { seq } = await page.next('message', ({ text }) => text === 'потом')
  assert.ok(seq > 100)
  assert.equal(page.all('message').length, 2, 'nothing comes twice')
})

test('a page that missed the word of it is reset by the next message, not told everything again', async () => {
  const { userId, page, say } = await reader()
  await say('раньше')
  await page.next('message', ({ text }) => text === 'раньше')
  await renumber(userId)
  await say('потом')
  await page.next('reset')
  await say('и ещё')
  await page.next('message', ({ text }) => text === 'и ещё')
  assert.deepEqual(
    page.all('message').map(({ text }) => text),
    ['раньше', 'и ещё'],
  )
})

test('a page that comes back with a place the history no longer has is reset', async () => {
  const { userId, open } = await reader()
  await renumber(userId)
  const page = await open(1)
  await page.next('reset')
})
