import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { findOrCreateUser, lockUsers, readUser } from '#domain/identity'
import { mergeUsers, undoMerge } from '#domain/linking'
import { beginConversation, cancelTurn, retryTurn } from '#domain/replies'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '../../harness/merge-parts.ts'
import { openRooms } from '../../harness/rooms.ts'

const rooms = await openRooms()
const { db, vault, keyRing } = rooms
const deps = { db, vault, parts: mergeParts({ vault, keys: keyRing }) }
let made = 0

/** Somebody of age who is talking on the site. */
async function newTalker(): Promise<string> {
  made += 1
  const externalId = `talker${made}@example.org`
  const identity = { provider: 'email', externalId, channel: 'web', displayName: externalId, locale: 'ru' } as const
  const welcome = { basic: 10, pro: 0, cassandra: 0 }
  const { userId } = await findOrCreateUser(db, identity, { vault, keyRing, welcome })
  await sql`UPDATE users SET adult_confirmed_at = now() WHERE id = ${userId}`.execute(db)
  await begin(userId, 'quiet-evening')
  return userId
}

async function begin(userId: string, storyId: string): Promise<void> {
  const talk = { ...rooms.settle, catalogue: rooms.catalogue }
  const begun = await beginConversation(talk, { userId, personaId: 'arina', storyId, interface: 'browser' })
  assert.ok('conversation' in begun)
}

async function ask(userId: string, text: string): Promise<void> {
  const page = { source: 'page', channel: 'web', interface: 'browser', address: null, sentAt: null } as const
  const { outcome } = await rooms.receive({
    ...page,
    key: randomUUID(),
    sender: { userId },
    contentType: 'text',
    text,
  })
  assert.equal(outcome, 'accepted')
}

const merge = (survivorId: string, absorbedId: string) =>
  inTransaction(db, async (tx) => {
    await lockUsers(tx, [survivorId, absorbedId])
    return mergeUsers(tx, deps, { survivorId, absorbedId, sessionId: null, way: 'logins' })
  })

const undo = (userId: string) => undoMerge(deps, { userId, sessionId: randomUUID() }, async () => {})

async function questions(userId: string): Promise<string[]> {
  const lines = await rooms.history.page(db, userId, { limit: 100 })
  return lines.filter(({ role }) => role === 'user').map(({ text }) => text)
}

async function balance(userId: string): Promise<{ available: number; held: number } | undefined> {
  const { rows } = await sql<{ available: number; held: number }>`
    SELECT available, held FROM credit_balances WHERE user_id = ${userId} AND type = 'basic'
  `.execute(db)
  return rows[0]
}

test('two talks become one in time order, and two again with what was said since where it was said', async () => {
  const [{ userId: telegram }, web] = [await rooms.newPerson(), await newTalker()]
  await begin(telegram, 'last-tram')
  await ask(telegram, 'раз')
  await ask(web, 'два')
  await ask(telegram, 'три')
  await merge(telegram, web)
  assert.equal((await readUser(db, web))?.id, telegram)
  await ask(telegram, 'четыре')
  assert.deepEqual(await questions(telegram), ['раз', 'два', 'три', 'четыре'])
  assert.ok('absorbedId' in (await undo(telegram)))
  assert.deepEqual(await questions(telegram), ['раз', 'три', 'четыре'])
  assert.deepEqual(await questions(web), ['два'])
  assert.deepEqual(await undo(telegram), { refused: 'nothing_to_undo' })
})

test('a merge that another link has closed is not undone, the newer one is', async () => {
  const { userId: telegram } = await rooms.newPerson()
  const [first, second] = [await newTalker(), await newTalker()]
  await ask(first, 'первый')
  await ask(second, 'второй')
  await merge(telegram, first)
  await merge(telegram, second)
  const undone = await undo(telegram)
  assert.ok('absorbedId' in undone && undone.absorbedId === second)
  assert.deepEqual(await questions(second), ['второй'])
  assert.deepEqual(await questions(telegram), ['первый'])
  assert.deepEqual(await undo(telegram), { refused: 'nothing_to_undo' })
})

test('a reply that is under way through two merges and an undo is paid from where its question lies', async () => {
  const [{ userId: later }, { userId: earlier }, web] = [
    await rooms.newPerson(),
    await rooms.newPerson(),
    await newTalker(),
  ]
  await ask(web, 'под ответом')
  await merge(earlier, web)
  await sql`DELETE FROM identities WHERE user_id = ${earlier} AND channel = 'telegram'`.execute(db)
  await merge(later, earlier)
  assert.deepEqual(await balance(later), { available: 50 + 50 + 9, held: 1 })
  assert.ok('absorbedId' in (await undo(later)))
  assert.deepEqual(await balance(earlier), { available: 50 + 9, held: 1 })
  assert.deepEqual(await balance(later), { available: 50, held: 0 })
  assert.deepEqual(await questions(earlier), ['под ответом'])
})

test('what a question that goes back has set aside anew is not given back a second time', async () => {
  const [{ userId: telegram }, web] = [await rooms.newPerson(), await newTalker()]
  await ask(web, 'ещё раз')
  const { rows } = await sql<{ id: string }>`
    SELECT turn_id AS id FROM messages WHERE user_id = ${web} AND role = 'user'
  `.execute(db)
  const turnId = rows[0]?.id ?? ''
  await cancelTurn(rooms.settle, web, turnId)
  await merge(telegram, web)
  assert.equal(await retryTurn(rooms.settle, telegram, turnId), 'queued')
  assert.ok('absorbedId' in (await undo(telegram)))
  assert.deepEqual(await balance(web), { available: 9, held: 1 })
  assert.deepEqual(await balance(telegram), { available: 50, held: 0 })
})
