import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/database'
import { countReply, isUserDayOver, spendingPart, USER_DAILY_REPLIES_MAX, USER_DAILY_TOKENS_MAX } from './index.ts'
import { readUserDay } from './spending-store.ts'

const { db } = await testDatabase()

test('a day is over with the replies or with the tokens, and the next begins empty', async () => {
  const [talker, reader] = [randomUUID(), randomUUID()]
  assert.equal(await isUserDayOver(db, talker), false)
  await countReply(db, reader, USER_DAILY_TOKENS_MAX - 1)
  assert.equal(await isUserDayOver(db, reader), false)
  await countReply(db, reader, 1)
  assert.equal(await isUserDayOver(db, reader), true)
  await countReply(db, talker, 1)
  await sql`UPDATE user_days SET replies = ${USER_DAILY_REPLIES_MAX - 1} WHERE user_id = ${talker}`.execute(db)
  assert.equal(await isUserDayOver(db, talker), false)
  await countReply(db, talker, 1)
  assert.equal(await isUserDayOver(db, talker), true)
  await sql`UPDATE user_days SET day = day - 1`.execute(db)
  assert.deepEqual([await isUserDayOver(db, talker), await isUserDayOver(db, reader)], [false, false])
})

test('a reply for which nobody was asked is not counted', async () => {
  const userId = randomUUID()
  await countReply(db, userId, 0)
  assert.deepEqual(await readUserDay(db, userId), { replies: 0, tokens: 0 })
})

test('joining two people joins their days: neither gets a fresh one', async () => {
  const [survivorId, absorbedId] = [randomUUID(), randomUUID()]
  await countReply(db, survivorId, 300)
  await countReply(db, absorbedId, 20)
  await countReply(db, absorbedId, 7)
  await db.transaction().execute((tx) => spendingPart.merge(tx, { survivorId, absorbedId } as never))
  assert.deepEqual(await readUserDay(db, survivorId), { replies: 3, tokens: 327 })
  assert.deepEqual(await readUserDay(db, absorbedId), { replies: 0, tokens: 0 })
})
