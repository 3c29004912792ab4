import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { mergeUsers, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openTill } from '#test/till'
import { listDifferences, openDifferences, releasePayments } from './index.ts'

const till = await openTill()
const { db, payments, sandbox, available, buy, debtOf } = till
const OPERATOR = randomUUID()
const deps = { db, vault: till.vault, parts: mergeParts({ vault: till.vault, keys: till.keyRing }) }

const ask = (chargeId: string) => payments.refundCharge({ chargeId, operatorId: OPERATOR, reason: 'asked for it' })

async function auditOf(kind: string, chargeId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM audit_events
    WHERE kind = ${kind} AND user_id = ${OPERATOR} AND details ->> 'chargeId' = ${chargeId}`.execute(db)
  return rows[0]?.count ?? 0
}

test('an operator gives a charge back: Stars and credits go at once, and what Telegram tells then changes nothing', async () => {
  const person = await till.newPayer()
  const before = await available(person.userId)
  const chargeId = await buy(person)
  await till.settleUpdates()
  assert.equal(await ask(chargeId), 'refunded')
  assert.deepEqual(await available(person.userId), before)
  assert.deepEqual(await till.settleUpdates(), ['known'])
  assert.equal(await ask(chargeId), 'known')
  assert.equal(await ask('nothing'), 'absent')
  assert.equal(await auditOf('payment_refund_asked', chargeId), 1)
})

test('Telegram gave it back and its answer was lost: asked again it counts as done', async () => {
  const person = await till.newPayer()
  const before = await available(person.userId)
  const chargeId = await buy(person)
  await till.settleUpdates()
  sandbox.telegram.faults.add({ kind: '502', method: 'refundStarPayment', times: 1, afterEffect: true })
  assert.equal(await ask(chargeId), 'telegram_away')
  assert.equal(await ask(chargeId), 'refunded')
  assert.deepEqual(await available(person.userId), before)
  await till.settleUpdates()
})

test('refunds that an operator asked for never hold payments, told or not', async () => {
  const person = await till.newPayer()
  for (const _ of [1, 2, 3]) {
    const chargeId = await buy(person)
    await till.settleUpdates()
    await ask(chargeId)
    await till.settleUpdates()
  }
  assert.ok('invoiceUrl' in (await payments.openOrder({ userId: person.userId, offerId: 'pack-small' })))
})

test('a payment that was parked can be given back, and is no difference then', async () => {
  const person = await till.newPayer()
  const chargeId = await buy(person)
  const [told] = till.takeUpdates()
  assert.ok(told?.kind === 'paid')
  assert.equal(await payments.bookPayment({ ...told.payment, payload: 'nothing' }), 'parked')
  const open = () => listDifferences(db, { settled: false, before: null, limit: 100 })
  assert.ok((await open()).some((each) => each.chargeId === chargeId))
  assert.equal(await ask(chargeId), 'refunded')
  assert.deepEqual(await open(), [])
  assert.deepEqual(await till.settleUpdates(), ['known'])
})

test('a payment that cannot be booked and was given back before it was told is no difference', async () => {
  const person = await till.newPayer()
  const chargeId = await buy(person)
  sandbox.telegram.refund(chargeId)
  const [paid, refunded] = till.takeUpdates()
  assert.ok(paid?.kind === 'paid' && refunded?.kind === 'refunded')
  const before = await openDifferences(db)
  assert.equal(await till.deliver(refunded), 'early')
  assert.equal(await payments.bookPayment({ ...paid.payment, payload: 'nobody’s' }), 'parked')
  assert.equal(await openDifferences(db), before)
})

test('whoever is held is released by an operator', async () => {
  const person = await till.newPayer()
  for (const _ of [1, 2]) {
    sandbox.telegram.refund(await buy(person))
    await till.settleUpdates()
  }
  const wish = { userId: person.userId, offerId: 'pack-small' }
  assert.deepEqual(await payments.openOrder(wish), { refused: 'payments_held' })
  const release = (userId: string) => inTransaction(db, (tx) => releasePayments(tx, { userId, operatorId: OPERATOR }))
  assert.equal(await release(person.userId), true)
  assert.equal(await release(randomUUID()), false)
  assert.ok('invoiceUrl' in (await payments.openOrder(wish)))
  const left = await listDifferences(db, { settled: false, before: null, limit: 100 })
  assert.deepEqual(
    left.filter(({ kind }) => kind === 'refund_loop'),
    [],
  )
})

async function merge(absorbedId: string, survivorId: string): Promise<void> {
  await inTransaction(db, (tx) => mergeUsers(tx, deps, { survivorId, absorbedId, sessionId: null, way: 'logins' }))
}

test('after a merge a refund takes from whoever holds the charge; after the undo from its first buyer again', async () => {
  const [person, readerId] = [await till.newPayer(), await till.newReader()]
  const bought = [await buy(person)]
  await till.settleUpdates()
  bought.push(await buy(person, 'pack-cassandra'))
  await till.settleUpdates()
  const before = await available(person.userId)
  await merge(person.userId, readerId)
  const both = await available(readerId)
  assert.equal(both.basic, before.basic + 10)
  sandbox.telegram.refund(bought[0] ?? '')
  await till.settleUpdates()
  assert.equal((await available(readerId)).basic, both.basic - 100)
  const undone = await undoMerge(deps, { userId: readerId, sessionId: randomUUID() }, async () => {})
  assert.ok(!('refused' in undone))
  sandbox.telegram.refund(bought[1] ?? '')
  await till.settleUpdates()
  const after = await available(person.userId)
  assert.equal(after.cassandra, before.cassandra - 30)
  assert.equal((await debtOf(person.userId)) + (await debtOf(readerId)), 0)
})

test('a payment that was made before a merge and is told after it is credited to the survivor', async () => {
  const [person, readerId] = [await till.newPayer(), await till.newReader()]
  await buy(person)
  await merge(person.userId, readerId)
  const before = await available(readerId)
  assert.deepEqual(await till.settleUpdates(), ['booked'])
  assert.equal((await available(readerId)).basic, before.basic + 100)
})
