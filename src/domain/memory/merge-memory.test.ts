import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { activeConversation, type Conversation } from '#domain/conversations'
import { lockUser, lockUsers } from '#domain/identity'
import { mergeUsers, undoMerge } from '#domain/linking'
import { newId } from '#platform/ids'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { factPlace, summaryPlace } from './fact.ts'
import { insertFact } from './fact-store.ts'
import { createMemory } from './index.ts'
import { noteReply, settleDigest } from './memory-queue-store.ts'

const PROVEN = { sessionId: randomUUID() }
const rooms = await openRooms()
const { db, vault, keyRing, history } = rooms
const memory = createMemory({ vault, keys: keyRing })
const linking = { db, vault, parts: mergeParts({ vault, keys: keyRing }) }

/** Says something and has it remembered, as a digest would write it. */
async function tell(userId: string, text: string): Promise<void> {
  const talk = await conversationOf(userId)
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    const { id: conversationId } = talk
    const place = { channel: 'web', interface: 'browser', contentType: 'text', role: 'user' } as const
    const line = await history.append(tx, user, { ...place, conversationId, turnId: null, text })
    const key = keyRing.remember(user.id, user.keyId, user.wrappedKey)
    const id = newId()
    const sealedText = vault.seal(key, factPlace(id), text)
    await insertFact(tx, { id, userId: user.id, conversationId, messageId: line.id, turnId: null, sealedText })
    await noteReply(tx, user.id, conversationId)
    const { rows } = await sql<{ lease_token: number; version: number }>`
      SELECT lease_token, version FROM memories WHERE user_id = ${user.id} AND conversation_id = ${conversationId}
    `.execute(tx)
    const { lease_token = 0, version = 0 } = rows[0] ?? {}
    const job = { user_id: user.id, conversation_id: conversationId, lease_token }
    const sealedSummary = vault.seal(key, summaryPlace(conversationId), `пересказ: ${text}`)
    const written = { version, sealedSummary, seenMessageId: line.id, repliesRead: 1, more: false }
    assert.ok(await settleDigest(tx, job, written))
  })
}

async function conversationOf(userId: string): Promise<Conversation> {
  const conversation = await activeConversation(db, userId)
  assert.ok(conversation)
  return conversation
}

const known = async (userId: string) => {
  const { facts, summary } = await memory.recall(db, await conversationOf(userId), [])
  return { facts, summary }
}

async function merge(survivorId: string, absorbedId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockUsers(tx, [survivorId, absorbedId])
    await mergeUsers(tx, linking, { survivorId, absorbedId, sessionId: null, way: 'logins' })
  })
}

async function undo(telegramUserId: string): Promise<void> {
  const undone = await undoMerge(linking, { userId: telegramUserId, ...PROVEN }, async () => {})
  assert.ok(!('refused' in undone))
}

async function pair(webStory: string) {
  const { userId: telegramUserId } = await rooms.newPerson()
  const webUserId = await rooms.newReader()
  await rooms.begin(telegramUserId, 'arina', 'last-tram')
  await rooms.begin(webUserId, 'arina', webStory)
  return { telegramUserId, webUserId }
}

test('two talks that become one remember what both were told; the summary is written anew from both', async () => {
  const { telegramUserId, webUserId } = await pair('last-tram')
  await tell(telegramUserId, 'Есть кот')
  await tell(webUserId, 'Живёт в Казани')
  await merge(telegramUserId, webUserId)
  assert.deepEqual(await known(telegramUserId), { facts: ['Есть кот', 'Живёт в Казани'], summary: null })
})

test('a talk that came in a merge keeps its facts and its summary', async () => {
  const { telegramUserId, webUserId } = await pair('quiet-evening')
  await tell(telegramUserId, 'Есть кот')
  await tell(webUserId, 'Живёт в Казани')
  await merge(telegramUserId, webUserId)
  assert.deepEqual(await known(telegramUserId), { facts: ['Живёт в Казани'], summary: 'пересказ: Живёт в Казани' })
})

test('an undo gives back what was remembered of the other’s lines, rewritten words included, and mixes no summary', async () => {
  const { telegramUserId, webUserId } = await pair('last-tram')
  await tell(telegramUserId, 'Есть кот')
  await tell(webUserId, 'Живёт в Казани')
  await merge(telegramUserId, webUserId)
  await tell(telegramUserId, 'Любит море')
  const [, kazan] = await memory.list(db, telegramUserId, () => [])
  await inTransaction(db, (tx) => memory.edit(tx, telegramUserId, kazan?.id ?? '', 'Живёт в Самаре'))
  await undo(telegramUserId)
  assert.deepEqual(await known(telegramUserId), { facts: ['Есть кот', 'Любит море'], summary: null })
  assert.deepEqual((await known(webUserId)).facts, ['Живёт в Самаре'])
  assert.notEqual((await known(webUserId)).summary, 'пересказ: Любит море')
})

test('what was forgotten stays forgotten through a merge and its undo', async () => {
  const { telegramUserId, webUserId } = await pair('last-tram')
  await tell(webUserId, 'Живёт в Казани')
  await merge(telegramUserId, webUserId)
  const [fact] = await memory.list(db, telegramUserId, () => [])
  assert.equal(await inTransaction(db, (tx) => memory.forget(tx, telegramUserId, fact?.id ?? '')), true)
  await undo(telegramUserId)
  const { facts, forgotten } = await memory.recall(db, await conversationOf(webUserId), [])
  assert.deepEqual(facts, [])
  assert.ok(forgotten.has(fact?.messageId ?? ''))
})

test('a reading that was under way at an undo keeps nothing: it has the other’s lines before it', async () => {
  const { telegramUserId, webUserId } = await pair('last-tram')
  await tell(telegramUserId, 'Есть кот')
  await tell(webUserId, 'Живёт в Казани')
  await merge(telegramUserId, webUserId)
  const { id: conversationId } = await conversationOf(telegramUserId)
  const { rows } = await sql<{ lease_token: number; version: number }>`
    SELECT lease_token, version FROM memories WHERE user_id = ${telegramUserId} AND conversation_id = ${conversationId}
  `.execute(db)
  const { lease_token = 0, version = 0 } = rows[0] ?? {}
  await undo(telegramUserId)
  const job = { user_id: telegramUserId, conversation_id: conversationId, lease_token }
  const written = { version, sealedSummary: null, seenMessageId: newId(), repliesRead: 1, more: false }
  assert.equal(await inTransaction(db, (tx) => settleDigest(tx, job, written)), false)
})

test('what was first remembered after a merge goes back with its talk, and comes again with the next merge', async () => {
  const { userId: telegramUserId } = await rooms.newPerson()
  const webUserId = await rooms.newReader()
  await rooms.begin(webUserId, 'arina', 'last-tram')
  await merge(telegramUserId, webUserId)
  await tell(telegramUserId, 'Любит море')
  await undo(telegramUserId)
  await tell(webUserId, 'Живёт в Казани')
  await merge(telegramUserId, webUserId)
  const { facts } = await known(telegramUserId)
  assert.ok(facts.includes('Живёт в Казани'), facts.join())
})
