import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { balanceOf } from '#domain/credits'
import { lockUsers } from '#domain/identity'
import { type LinkDeps, mergeUsers, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { auditBooks } from '../../src/processes/audit-books.ts'

const LOGINS = 4
const TELEGRAM_GIFT = 50
const WEB_GIFT = 10
const NO_SESSION = '00000000-0000-0000-0000-000000000000'

const rooms = await openRooms()
const { db } = rooms
const links: LinkDeps = { db, vault: rooms.vault, parts: mergeParts({ vault: rooms.vault, keys: rooms.keyRing }) }

test('A42 A43 link, spend, undo, link the next: one welcome of a web login is spent, and no more', async () => {
  const { userId } = await rooms.newPerson()
  let spent = 0
  for (let login = 0; login < LOGINS; login += 1) {
    const reader = await rooms.newReader()
    await join(userId, reader)
    spent += await spendAll(userId)
    await part(userId)
    assert.ok((await basicOf(reader)) <= WEB_GIFT)
  }
  assert.equal(spent, TELEGRAM_GIFT + WEB_GIFT)
  await auditBooks(rooms.pool, ({ table, key, says }) => assert.fail(`${table} ${key} ${says}`))
})

test('who parts and joins the same login again keeps its gift, and so does the first one after a true undo', async () => {
  const { userId } = await rooms.newPerson()
  const [wrong, right] = [await rooms.newReader(), await rooms.newReader()]
  await join(userId, right)
  await part(userId)
  await join(userId, right)
  assert.equal(await basicOf(userId), TELEGRAM_GIFT + WEB_GIFT)
  await part(userId)
  await join(userId, wrong)
  await part(userId)
  assert.deepEqual([await basicOf(userId), await basicOf(wrong)], [TELEGRAM_GIFT, WEB_GIFT])
  await join(userId, right)
  assert.equal(await basicOf(userId), TELEGRAM_GIFT + WEB_GIFT)
})

test('a welcome that a link kept back does not come by parting and joining again', async () => {
  const { userId } = await rooms.newPerson()
  const [first, second] = [await rooms.newReader(), await rooms.newReader()]
  await join(userId, first)
  for (const _ of [1, 2, 3]) {
    await join(userId, second)
    assert.equal(await basicOf(userId), TELEGRAM_GIFT + WEB_GIFT)
    await part(userId)
    assert.equal(await basicOf(second), WEB_GIFT)
  }
})

async function join(survivorId: string, absorbedId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockUsers(tx, [survivorId, absorbedId])
    return mergeUsers(tx, links, { survivorId, absorbedId, sessionId: null, way: 'logins' })
  })
}

async function part(userId: string): Promise<void> {
  assert.ok('absorbedId' in (await undoMerge(links, { userId, sessionId: NO_SESSION }, async () => {})))
}

/** All basic credits go to the house at once. */
async function spendAll(userId: string): Promise<number> {
  const available = await basicOf(userId)
  if (available === 0) return 0
  const transfer = { user_id: userId, type: 'basic', amount: available, from_account: 'available', to_account: 'house' }
  await db
    .insertInto('ledger_transfers')
    .values({ ...transfer, reason: 'spent', business_key: `spent:${userId}:${await transfersOf(userId)}` })
    .execute()
  await sql`UPDATE credit_balances SET available = 0 WHERE user_id = ${userId} AND type = 'basic'`.execute(db)
  return available
}

async function transfersOf(userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM ledger_transfers WHERE user_id = ${userId}`.execute(db)
  return rows[0]?.count ?? 0
}

async function basicOf(userId: string): Promise<number> {
  return (await balanceOf(db, userId)).available.basic
}
