import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { activeConversation } from '#domain/conversations'
import { balanceOf } from '#domain/credits'
import { lockUser } from '#domain/identity'
import { openRooms } from '#test/rooms'
import { beginConversation, confirmAdult, forgetMessenger, readHistory, retryTurn } from './index.ts'
import { recapBeforeReply } from './recap.ts'
import { findTurn } from './turn-store.ts'

const rooms = await openRooms()
const { db, settle, catalogue } = rooms
let sent = 0

async function talker() {
  const person = await rooms.newPerson()
  const choice = { userId: person.userId, personaId: 'arina', interface: 'bot' } as const
  await beginConversation({ ...settle, catalogue }, choice)
  return person
}

function ask(telegramId: string, text = 'Привет') {
  sent += 1
  return rooms.receive({
    source: 'telegram:1',
    key: String(sent),
    sender: {
      identity: { provider: 'telegram', externalId: telegramId, channel: 'telegram', displayName: '', locale: 'ru' },
    },
    channel: 'telegram',
    interface: 'bot',
    contentType: 'text',
    text,
    address: telegramId,
    sentAt: null,
  })
}

/** Takes the Telegram away, as the login's removal does. */
function forget(userId: string, telegramId: string) {
  return db.transaction().execute(async (tx) => {
    await lockUser(tx, userId)
    await sql`DELETE FROM identities WHERE provider = 'telegram' AND external_id = ${telegramId}`.execute(tx)
    return forgetMessenger(tx, { userId, channel: 'telegram', address: telegramId })
  })
}

async function turnsOf(userId: string) {
  const { rows } = await sql<{ state: string; address: string | null }>`
    SELECT state, address FROM turns WHERE user_id = ${userId} ORDER BY message_seq`.execute(db)
  return rows
}

async function deliveriesOf(userId: string) {
  const { rows } = await sql<{ state: string; last_error: string | null }>`
    SELECT state, last_error FROM deliveries WHERE user_id = ${userId} ORDER BY position`.execute(db)
  return rows
}

test('questions that wait in a chat that was taken away cost nothing', async () => {
  const { userId, telegramId } = await talker()
  const before = (await balanceOf(db, userId)).available
  for (const text of ['раз', 'два']) assert.equal((await ask(telegramId, text)).outcome, 'accepted')
  const cancelled = await forget(userId, telegramId)
  assert.equal(cancelled.length, 2)
  assert.deepEqual(
    (await turnsOf(userId)).map(({ state }) => state),
    ['cancelled', 'cancelled'],
  )
  const { available, held } = await balanceOf(db, userId)
  assert.deepEqual({ available, held }, { available: before, held: { basic: 0, pro: 0, cassandra: 0 } })
  assert.equal((await readHistory(rooms, userId, { limit: 10 })).messages.length, 3, 'nothing leaves the history')
})

test('what was owed to it is given up, and what is on its way may have arrived', async () => {
  const { userId, telegramId } = await talker()
  const other = await talker()
  await sql`INSERT INTO deliveries (id, user_id, channel, interface, address, notice, purpose, state, due_at)
    VALUES (gen_random_uuid(), ${userId}, 'telegram', 'bot', ${telegramId}, '{}', 'notice', 'sending', 'infinity')`.execute(
    db,
  )
  await forget(userId, telegramId)
  assert.deepEqual(await deliveriesOf(userId), [
    { state: 'failed', last_error: 'login_removed' },
    { state: 'failed', last_error: 'login_removed' },
    { state: 'unknown', last_error: 'login_removed' },
  ])
  const pending = { state: 'pending', last_error: null }
  assert.deepEqual(await deliveriesOf(other.userId), [pending, pending], 'portrait and first line of other chats go on')
})

test('a question from there that is asked again is answered in the history alone', async () => {
  const { userId, telegramId } = await talker()
  const { turnId } = await ask(telegramId)
  await forget(userId, telegramId)
  assert.equal(await retryTurn(settle, userId, turnId ?? ''), 'queued')
  assert.deepEqual(await turnsOf(userId), [{ state: 'queued', address: null }])
})

test('a message that was kept there is answered in the history alone', async () => {
  const { userId, telegramId } = await talker()
  await sql`UPDATE users SET adult_confirmed_at = NULL WHERE id = ${userId}`.execute(db)
  assert.equal((await ask(telegramId)).outcome, 'unpaid')
  await forget(userId, telegramId)
  await confirmAdult(settle, userId)
  assert.deepEqual(await turnsOf(userId), [{ state: 'queued', address: null }])
})

test('whoever writes from that chat afterwards is somebody new', async () => {
  const { userId, telegramId } = await talker()
  await ask(telegramId)
  await forget(userId, telegramId)
  const again = await ask(telegramId, 'Кто здесь?')
  assert.notEqual(again.userId, userId)
  assert.equal(again.outcome, 'unpaid')
})

test('a chat that was taken away while its question is being answered is told nothing of what was said elsewhere', async () => {
  const { userId, telegramId } = await talker()
  const conversation = await activeConversation(db, userId)
  await db.transaction().execute(async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user && conversation)
    const place = { channel: 'web', interface: 'browser', contentType: 'text', role: 'user' } as const
    await settle.history.append(tx, user, { ...place, conversationId: conversation.id, turnId: null, text: 'тайное' })
  })
  const { turnId } = await ask(telegramId)
  const turn = await findTurn(db, userId, turnId ?? '')
  assert.ok(turn)
  await forget(userId, telegramId)
  await recapBeforeReply(settle, turn)
  assert.deepEqual(
    (await deliveriesOf(userId)).filter(({ state }) => state === 'pending'),
    [],
  )
})
