import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { findOrCreateUser, lockUsers, readUser } from '#domain/identity'
import { beginConversation } from '#domain/replies'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { mergeUsers, undoMerge } from './index.ts'

const rooms = await openRooms()
const deps = { db: rooms.db, vault: rooms.vault, parts: mergeParts({ vault: rooms.vault, keys: rooms.keyRing }) }
let made = 0

async function newWebUser() {
  made += 1
  const externalId = `web${made}@example.org`
  const identity = { provider: 'email', externalId, channel: 'web', displayName: externalId, locale: 'ru' } as const
  const welcome = { basic: 10, pro: 0, cassandra: 0 }
  return findOrCreateUser(rooms.db, identity, { vault: rooms.vault, keyRing: rooms.keyRing, welcome })
}

const ask = (userId: string, text: string, key: string) =>
  rooms.receive({
    source: 'page',
    key,
    sender: { userId },
    channel: 'web',
    interface: 'browser',
    contentType: 'text',
    text,
    address: null,
    sentAt: null,
  })

test('two full users become one in time order, and two again', async () => {
  const { userId: survivorId } = await rooms.newPerson()
  const { userId: absorbedId } = await newWebUser()
  await sql`UPDATE users SET adult_confirmed_at = now() WHERE id = ${absorbedId}`.execute(rooms.db)
  const begin = { ...rooms.settle, catalogue: rooms.catalogue }
  await beginConversation(begin, { userId: survivorId, personaId: 'arina', interface: 'browser' })
  await beginConversation(begin, {
    userId: absorbedId,
    personaId: 'arina',
    storyId: 'quiet-evening',
    interface: 'browser',
  })
  for (const [index, userId] of [survivorId, absorbedId, survivorId, survivorId].entries()) {
    await ask(userId, `line ${index}`, crypto.randomUUID())
  }
  const merged = await inTransaction(rooms.db, async (tx) => {
    await lockUsers(tx, [survivorId, absorbedId])
    return mergeUsers(tx, deps, { survivorId, absorbedId, sessionId: null })
  })
  assert.equal(merged.survivorId, survivorId)
  assert.equal((await readUser(rooms.db, absorbedId))?.id, survivorId)
  const lines = await rooms.history.page(rooms.db, survivorId, { limit: 100 })
  assert.deepEqual(
    lines.filter(({ role }) => role === 'user').map(({ text }) => text),
    ['line 0', 'line 1', 'line 2', 'line 3'],
  )
  const undone = await undoMerge(
    deps,
    { userId: survivorId, sessionId: crypto.randomUUID(), interface: 'webapp' },
    async () => {},
  )
  assert.ok('absorbedId' in undone)
  const theirs = await rooms.history.page(rooms.db, absorbedId, { limit: 100 })
  assert.deepEqual(
    theirs.filter(({ role }) => role === 'user').map(({ text }) => text),
    ['line 1'],
  )
})
