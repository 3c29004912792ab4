import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockUser, lockUsers } from '#domain/identity'
import { type LinkDeps, mergeUsers } from '#domain/linking'
import { type Executor, inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { balanceOf, bookTopUp, clawBack, entriesOf, grantByOperator, holdCredits, lowTypes } from './index.ts'
import { captureHold } from './settle-store.ts'

const NONE = { basic: 0, pro: 0, cassandra: 0 }
const PRICE = { round: 1, priceType: 'pro' as const, priceAmount: 2 }

const rooms = await openRooms()
const links: LinkDeps = {
  db: rooms.db,
  vault: rooms.vault,
  parts: mergeParts({ vault: rooms.vault, keys: rooms.keyRing }),
}

test('a refund takes what is there, the rest is owed and blocks that type, and what comes next pays it first', async () => {
  const { userId } = await rooms.newPerson()
  await locked(userId, async (tx) => {
    const bought = { userId, credits: { pro: 10 }, reason: 'purchase' as const, businessKey: 'charge:1' }
    assert.deepEqual(await bookTopUp(tx, bought), { available: { ...NONE, pro: 10 }, debtPaid: NONE })
    assert.deepEqual(
      await bookTopUp(tx, bought),
      { available: NONE, debtPaid: NONE },
      'the same key brings nothing more',
    )
    // Of the five of the welcome and the ten bought, eight are spent.
    for (const id of ['1', '2', '3', '4']) await spend(tx, userId, id)
    const refunded = { userId, credits: { pro: 10 }, businessKey: 'claw_back:1' }
    assert.deepEqual(await clawBack(tx, refunded), { taken: { ...NONE, pro: 7 }, owed: { ...NONE, pro: 3 } })
    assert.deepEqual(await clawBack(tx, refunded), { taken: NONE, owed: NONE }, 'the same key takes nothing more')
    assert.equal(await holdCredits(tx, turn(userId, '5')), 'insufficient_credits')
    assert.equal(await holdCredits(tx, { ...turn(userId, '5'), priceType: 'basic' }), null, 'another type is free')
    const grant = await grantByOperator(tx, {
      userId,
      operatorId: '7',
      reason: 'a mistake of ours',
      credits: { pro: 2 },
    })
    assert.deepEqual([grant.available, grant.debtPaid], [NONE, { ...NONE, pro: 2 }], 'all of it pays the debt')
    assert.equal(await holdCredits(tx, turn(userId, '6')), 'insufficient_credits')
    const again = await bookTopUp(tx, { ...bought, businessKey: 'charge:2' })
    assert.deepEqual(again, { available: { ...NONE, pro: 9 }, debtPaid: { ...NONE, pro: 1 } })
    assert.equal(await holdCredits(tx, turn(userId, '6')), null)
  })
  const { available, held, debt } = await balanceOf(rooms.db, userId)
  assert.deepEqual([available.pro, held.pro, debt.pro], [7, 2, 0])
  const entries = await entriesOf(rooms.db, userId, { before: null, limit: 5 })
  assert.deepEqual(
    entries.slice(0, 3).map(({ reason, turnId }) => [reason, turnId]),
    [
      ['hold', uuid('6')],
      ['purchase', null],
      ['debt_paid', null],
    ],
  )
})

test('a reply that leaves less than three more is told of once, until credits come', async () => {
  const { userId } = await rooms.newPerson()
  await locked(userId, async (tx) => {
    await bookTopUp(tx, { userId, credits: { pro: 5 }, reason: 'purchase', businessKey: 'charge:3' })
    assert.equal(await spend(tx, userId, '1'), null, '8 left')
    assert.equal(await spend(tx, userId, '2'), null, '6 left: three more')
    assert.deepEqual(await lowTypes(tx, userId), [])
    assert.deepEqual(await spend(tx, userId, '3'), { type: 'pro', left: 4 })
    assert.deepEqual(await lowTypes(tx, userId), ['pro'])
    assert.equal(await spend(tx, userId, '4'), null, 'not a second time')
    await bookTopUp(tx, { userId, credits: { basic: 5 }, reason: 'purchase', businessKey: 'charge:4' })
    assert.deepEqual(await lowTypes(tx, userId), ['pro'], 'another type came')
    await bookTopUp(tx, { userId, credits: { pro: 1 }, reason: 'purchase', businessKey: 'charge:5' })
    assert.deepEqual(await lowTypes(tx, userId), [])
    assert.deepEqual(await spend(tx, userId, '5'), { type: 'pro', left: 1 })
  })
})

test('a grant needs a written reason', async () => {
  const { userId } = await rooms.newPerson()
  const grant = locked(userId, (tx) =>
    grantByOperator(tx, { userId, operatorId: '7', reason: ' ', credits: { pro: 1 } }),
  )
  await assert.rejects(grant, /reason/)
})

test('a grant told again after its user was joined with another gives nothing, nor does its id for somebody else', async () => {
  const [joined, survivor, other] = [await rooms.newReader(), await rooms.newPerson(), await rooms.newPerson()]
  const grant = { operatorId: '7', reason: 'a mistake of ours', credits: { pro: 2 }, grantId: uuid('9') }
  const give = (userId: string) => locked(userId, (tx, live) => grantByOperator(tx, { ...grant, userId: live }))
  assert.deepEqual([(await give(joined)).isNew, (await give(joined)).isNew], [true, false])
  await inTransaction(rooms.db, async (tx) => {
    await lockUsers(tx, [joined, survivor.userId])
    const ids = { survivorId: survivor.userId, absorbedId: joined }
    return mergeUsers(tx, links, { ...ids, sessionId: null, way: 'logins' })
  })
  const had = (await balanceOf(rooms.db, survivor.userId)).available
  const again = await give(joined)
  assert.deepEqual([again.isNew, again.userId], [false, joined])
  assert.deepEqual((await balanceOf(rooms.db, survivor.userId)).available, had)
  const elsewhere = await give(other.userId)
  assert.deepEqual([elsewhere.isNew, elsewhere.userId, elsewhere.available], [false, joined, NONE])
})

async function spend(tx: Executor, userId: string, id: string) {
  assert.equal(await holdCredits(tx, turn(userId, id)), null)
  return captureHold(tx, turn(userId, id))
}

function turn(userId: string, id: string) {
  return { id: uuid(id), userId, ...PRICE }
}

function uuid(id: string): string {
  return `00000000-0000-4000-8000-00000000000${id}`
}

function locked<Result>(userId: string, deed: (tx: Executor, liveId: string) => Promise<Result>): Promise<Result> {
  return inTransaction(rooms.db, async (tx) => {
    const user = await lockUser(tx, userId)
    return deed(tx, user?.id ?? '')
  })
}
