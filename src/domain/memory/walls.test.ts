import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { findConversation } from '#domain/conversations'
import { lockUser } from '#domain/identity'
import { newId } from '#platform/ids'
import { inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import { factPlace } from './fact.ts'
import { insertFact } from './fact-store.ts'
import { createMemory, forgetLapsedMemories, noteReply } from './index.ts'

const CAT = 'Есть кот Барсик'
const rooms = await openRooms()
const { db, vault, keyRing } = rooms
const memory = createMemory({ vault, keys: keyRing })

/** A talk with Arina in which the cat was told of. */
async function owner(): Promise<{ userId: string; conversationId: string }> {
  const userId = await rooms.newReader()
  const conversationId = await rooms.begin(userId, 'arina')
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    const id = newId()
    const key = keyRing.remember(user.id, user.keyId, user.wrappedKey)
    const sealedText = vault.seal(key, factPlace(id), CAT)
    await insertFact(tx, { id, userId, conversationId, messageId: newId(), turnId: null, sealedText })
    await noteReply(tx, userId, conversationId)
  })
  return { userId, conversationId }
}

async function factsIn(userId: string, conversationId: string, alsoOf: string[] = []): Promise<string[]> {
  const conversation = await findConversation(db, userId, conversationId)
  assert.ok(conversation)
  return (await memory.recall(db, conversation, alsoOf)).facts
}

test('a companion knows what another was told only where its author says so, and nothing that was begun anew', async () => {
  const { userId } = await owner()
  const withCassandra = await rooms.begin(userId, 'cassandra')
  assert.deepEqual(await factsIn(userId, withCassandra), [])
  assert.deepEqual(await factsIn(userId, withCassandra, ['arina']), [CAT])
  await rooms.begin(userId, 'arina')
  assert.deepEqual(await factsIn(userId, withCassandra, ['arina']), [])
})

test('what was remembered goes when its conversation can no longer come back, and not before', async () => {
  const { userId, conversationId } = await owner()
  await rooms.begin(userId, 'arina')
  await sql`UPDATE memories SET expires_at = now() - interval '1 hour' WHERE user_id = ${userId}`.execute(db)
  await forgetLapsedMemories(db)
  assert.deepEqual(await factsIn(userId, conversationId), [CAT], 'archived today')
  await sql`UPDATE memories SET expires_at = now() - interval '1 hour' WHERE user_id = ${userId}`.execute(db)
  await sql`UPDATE conversations SET archived_at = now() - interval '31 days' WHERE id = ${conversationId}`.execute(db)
  await forgetLapsedMemories(db)
  assert.deepEqual(await factsIn(userId, conversationId), [])
})
