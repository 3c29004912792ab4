import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openRooms } from '#test/rooms'
import { beginConversation } from './index.ts'

const rooms = await openRooms()

async function talker(): Promise<string> {
  const { userId } = await rooms.newPerson()
  const choice = { userId, personaId: 'arina', interface: 'browser' } as const
  await beginConversation({ ...rooms.settle, catalogue: rooms.catalogue }, choice)
  return userId
}

function say(userId: string, key: string, text: string) {
  return rooms.receive({
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
}

test('the same key with the same text is one message, with another text a mistake', async () => {
  const [userId, key] = [await talker(), randomUUID()]
  const first = await say(userId, key, 'Привет')
  const again = await say(userId, key, 'Привет')
  assert.deepEqual([again.outcome, again.messageId], ['duplicate', first.messageId])
  assert.equal((await say(userId, key, 'Пока')).outcome, 'mismatch')
})

test('a message that is sent again after its user became another one is known there', async () => {
  const [from, to, key] = [await talker(), await talker(), randomUUID()]
  const first = await say(from, key, 'Привет')
  await sql`UPDATE receipts SET user_id = ${to} WHERE user_id = ${from}`.execute(rooms.db)
  const again = await say(to, key, 'Привет')
  assert.deepEqual([again.outcome, again.messageId], ['duplicate', first.messageId])
  assert.equal((await say(to, key, 'Пока')).outcome, 'mismatch')
})
