import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { receiptOf } from '#domain/credits'
import { updateUser } from '#domain/identity'
import { openRooms } from '#test/rooms'
import { failTurn } from './fail-turn.ts'
import { finishReply } from './finish-reply.ts'
import { retryTurn } from './retry-turn.ts'
import { findTurn } from './turn-store.ts'

const rooms = await openRooms()
const { db, settle } = rooms

test('over the cap of the day a page is told so, and a chat keeps the message; what failed does not count', async () => {
  const { userId, telegramId } = await talker(2)
  const first = await ask(userId)
  assert.equal((await ask(userId)).outcome, 'accepted')
  assert.equal((await ask(userId)).outcome, 'daily_cap')
  await end(userId, first.turnId, false)
  assert.equal((await ask(userId)).outcome, 'accepted', 'what was given back makes room')
  const kept = await ask(userId, telegramId)
  assert.deepEqual([kept.outcome, kept.code], ['unpaid', 'daily_cap'])
  const { rows } = await sql<{ key: string }>`
    SELECT notice ->> 'key' AS key FROM deliveries WHERE user_id = ${userId} AND notice IS NOT NULL`.execute(db)
  assert.deepEqual(rows, [{ key: 'daily_cap' }])
  assert.equal(await retryTurn(settle, userId, kept.turnId ?? ''), 'daily_cap')
  await updateUser(db, userId, { dailyCap: null })
  assert.equal(await retryTurn(settle, userId, kept.turnId ?? ''), 'queued')
})

test('a day begins at midnight where the person lives; what went back of an earlier one makes no room in it', async () => {
  for (const timezone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', null, 'Nowhere/At_All']) {
    const { userId } = await talker(1)
    await sql`UPDATE users SET timezone = ${timezone} WHERE id = ${userId}`.execute(db)
    const early = await ask(userId)
    assert.equal((await ask(userId)).outcome, 'daily_cap')
    const zone = timezone?.startsWith('Pacific') ? timezone : 'UTC'
    await sql`
      UPDATE ledger_transfers SET created_at = date_trunc('day', now(), ${zone}) - interval '1 minute'
      WHERE user_id = ${userId}`.execute(db)
    assert.equal((await ask(userId)).outcome, 'accepted', 'a new day')
    await end(userId, early.turnId, false)
    assert.equal((await ask(userId)).outcome, 'daily_cap', `${timezone}: yesterday's turn went back`)
    await sql`
      UPDATE ledger_transfers SET created_at = date_trunc('day', now(), ${zone}) WHERE user_id = ${userId}`.execute(db)
    assert.equal((await ask(userId)).outcome, 'daily_cap', `${timezone}: midnight is of the new day`)
  }
})

test('a turn has a receipt from its hold to its end, and only for its own user', async () => {
  const { userId } = await talker(null)
  const { userId: other } = await talker(null)
  const answered = (await ask(userId)).turnId ?? ''
  const failed = (await ask(userId)).turnId ?? ''
  const state = async (turnId: string, reader = userId) => (await receiptOf(db, reader, turnId))?.state ?? null
  assert.deepEqual([await state(answered), await state(failed)], ['held', 'held'])
  await end(userId, answered, true)
  await end(userId, failed, false)
  assert.deepEqual([await state(answered), await state(failed)], ['paid', 'released'])
  assert.equal(await state(answered, other), null)
  assert.equal(await state(randomUUID()), null)
  await sql`UPDATE turns SET refunded_at = now() WHERE id = ${answered}`.execute(db)
  const receipt = await receiptOf(db, userId, answered)
  assert.deepEqual([receipt?.type, receipt?.amount, receipt?.state], ['basic', 1, 'refunded'])
})

/** The notice goes to the chat where the answer went, after it. */
test('a chat is told once that credits run low, after the reply', async () => {
  const { userId, telegramId } = await talker(null)
  await sql`
    INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
    VALUES (${userId}, 'basic', 46, 'available', 'house', 'spent', 'spent')`.execute(db)
  await sql`UPDATE credit_balances SET available = 4 WHERE user_id = ${userId} AND type = 'basic'`.execute(db)
  const told = async () => {
    const { rows } = await sql<{ what: string }>`
      SELECT coalesce(notice ->> 'key', purpose) AS what FROM deliveries
      WHERE user_id = ${userId} AND address IS NOT NULL ORDER BY position`.execute(db)
    return rows.map(({ what }) => what)
  }
  for (const expected of [['reply'], ['reply', 'reply', 'low_balance'], ['reply', 'reply', 'low_balance', 'reply']]) {
    await end(userId, (await ask(userId, telegramId)).turnId, true)
    assert.deepEqual(await told(), expected)
  }
})

async function talker(dailyCap: number | null): Promise<{ userId: string; telegramId: string }> {
  const person = await rooms.newPerson()
  await rooms.begin(person.userId, 'arina')
  await updateUser(db, person.userId, { dailyCap, proactiveEnabled: false })
  return person
}

function ask(userId: string, telegramId: string | null = null) {
  const inBot = telegramId !== null
  return rooms.receive({
    source: inBot ? 'telegram:1' : 'page',
    key: randomUUID(),
    sender: { userId },
    channel: inBot ? 'telegram' : 'web',
    interface: inBot ? 'bot' : 'browser',
    contentType: 'text',
    text: 'вопрос',
    address: telegramId,
    sentAt: null,
  })
}

async function end(userId: string, turnId: string | null, well: boolean): Promise<void> {
  const turn = turnId && (await findTurn(db, userId, turnId))
  assert.ok(turn)
  if (well) await finishReply(settle, turn, 'ответ')
  else await failTurn(settle, turn, 'model_unavailable')
}
