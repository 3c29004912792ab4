import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { sql } from 'kysely'
import { endSession, moveSession, startSession, type UserSignal, userTopic } from '#domain/identity'
import { beginConversation } from '#domain/replies'
import type { Caller } from '#edges/http'
import { systemClock } from '#platform/clock'
import { createLog } from '#platform/log'
import { createLocalPresence } from '#platform/presence'
import { Client } from '#test/client'
import { openStream } from '#test/event-stream'
import { openRooms } from '#test/rooms'
import { atEnd, wholeFile } from '#test/scope'
import { createEventStreams } from './event-streams.ts'

const rooms = await openRooms()
const { db, live, settle, catalogue } = rooms
const log = createLog({ level: 'silent' })
const streams = createEventStreams({ ...rooms, log, presence: createLocalPresence({ clock: systemClock }) })
const callers = new Map<string, Caller>()
/** The streams as a server answers them, with who asks in the place of a session's token. */
const server = createServer((request, response) => {
  const caller = callers.get(request.headers.authorization ?? '')
  const lastEventId = new URL(request.url ?? '', 'http://localhost').searchParams.get('lastEventId')
  if (caller) void streams.open({ caller, lastEventId, response, headers: {} })
  else response.writeHead(401).end()
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
atEnd(wholeFile, async () => {
  await streams.close()
  server.close()
})

/** A talker with one page open. */
async function reader() {
  const { userId } = await rooms.newPerson()
  await beginConversation({ ...settle, catalogue }, { userId, personaId: 'arina', interface: 'browser' })
  const session = await startSession(db, { userId, interface: 'browser', device: '' })
  const client = new Client(url)
  client.token = session.token
  callers.set(`Bearer ${session.token}`, {
    userId,
    sessionId: session.id,
    interface: 'browser',
    channel: 'web',
    locale: 'ru',
    adult: true,
    keyId: '',
    proof: 'cookie',
    fresh: true,
  })
  const open = (lastEventId?: number) => openStream(client, lastEventId)
  return { userId, sessionId: session.id, page: await open(), open }
}

function say(userId: string, text: string) {
  return rooms.receive({
    source: 'page',
    key: randomUUID(),
    sender: { userId },
    channel: 'web',
    interface: 'browser',
    contentType: 'text',
    text,
    address: null,
    sentAt: null,
  })
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
  await say(other.userId, 'Привет')
  await other.page.next('message', ({ text }) => text === 'Привет')
})

test('a page whose session has ended closes at the word of it, the others stay', async () => {
  const { userId, sessionId, page } = await reader()
  const other = await reader()
  await endSession(db, userId, sessionId)
  tell(userId, { kind: 'session.ended', sessionId })
  tell(other.userId, { kind: 'session.ended', sessionId })
  await page.ended
  await say(other.userId, 'Я ещё здесь')
  await other.page.next('message', ({ text }) => text === 'Я ещё здесь')
})

test('after a reset every page fetches anew and goes on with what comes next', async () => {
  const { userId, page, open } = await reader()
  const second = await open()
  await say(userId, 'раньше')
  await page.next('message', ({ text }) => text === 'раньше')
  await renumber(userId)
  tell(userId, { kind: 'reset' })
  await page.next('reset')
  await second.next('reset')
  await say(userId, 'потом')
  const { seq } = await page.next('message', ({ text }) => text === 'потом')
  assert.ok(seq > 100)
  assert.equal(page.all('message').length, 2, 'nothing comes twice')
})

test('a page that missed the word of it is reset by the next message, not told everything again', async () => {
  const { userId, page } = await reader()
  await say(userId, 'раньше')
  await page.next('message', ({ text }) => text === 'раньше')
  await renumber(userId)
  await say(userId, 'потом')
  await page.next('reset')
  await say(userId, 'и ещё')
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
