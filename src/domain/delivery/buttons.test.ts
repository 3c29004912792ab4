import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { inTransaction } from '#platform/postgres'
import { openChats } from '#test/chats'
import { toDelivery } from './delivery-queue-store.ts'
import { insertDeliveries } from './delivery-store.ts'

const { db, newPerson, take, later } = await openChats()

test('buttons stand under the last part of a message alone, and are known to whoever sends it', async () => {
  const { userId, telegramId: address } = await newPerson()
  const parts = [0, 1, 2].map((start) => ({ start, end: start + 1 }))
  const to = { channel: 'telegram', interface: 'bot', address, purpose: 'proactive' } as const
  const owed = { userId, messageId: randomUUID(), turnId: null, parts, buttons: 'proactive_off', ...to }
  await inTransaction(db, (tx) => insertDeliveries(tx, owed))
  const { rows } = await db.executeQuery<{ part: number; buttons: string | null }>(
    db.selectFrom('deliveries').select(['part', 'buttons']).where('user_id', '=', userId).orderBy('part').compile(),
  )
  assert.deepEqual(
    rows.map(({ buttons }) => buttons),
    [null, null, 'proactive_off'],
  )
  await db
    .updateTable('deliveries')
    .set({ due_at: new Date(0) })
    .where('part', '=', 3)
    .execute()
  await later()
  const last = (await take('proactive')).map(toDelivery).find(({ part }) => part === 3)
  assert.equal(last?.buttons, 'proactive_off')
})
