import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openTill } from '#test/till'
import type { Payment } from './index.ts'

const till = await openTill()
const { db, payments, sandbox, available, buy, debtOf, openOrder } = till
const PACK = { basic: 100 }
const PACK_STARS = 150

/** Spends basic credits as turns do. */
async function spend(userId: string, amount: number): Promise<void> {
  await sql`
    INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
    VALUES (${userId}, 'basic', ${amount}, 'available', 'house', 'capture', 'spent')`.execute(db)
  await sql`
    UPDATE credit_balances SET available = available - ${amount} WHERE user_id = ${userId} AND type = 'basic'
  `.execute(db)
}

async function noticesOf(userId: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    SELECT notice ->> 'key' AS key FROM deliveries WHERE user_id = ${userId} AND notice IS NOT NULL ORDER BY id
  `.execute(db)
  return rows.map(({ key }) => key)
}

async function differences(chargeId: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    SELECT kind FROM payment_differences WHERE charge_id = ${chargeId} AND settled_at IS NULL ORDER BY kind`.execute(db)
  return rows.map(({ kind }) => kind)
}

test('F41 a payment that is told three times at once is booked once, and the chat is told once', async () => {
  const person = await till.newPayer()
  const before = await available(person.userId)
  await buy(person)
  const [told] = till.takeUpdates()
  assert.ok(told)
  const booked = await Promise.all([till.deliver(told), till.deliver(told), till.deliver(told)])
  assert.deepEqual(booked.toSorted(), ['booked', 'known', 'known'])
  assert.equal((await available(person.userId)).basic, before.basic + PACK.basic)
  assert.deepEqual(await noticesOf(person.userId), ['payment_received'])
})

test('an open order of the same offer is given again; a paid one is not', async () => {
  const person = await till.newPayer()
  const first = await openOrder(person.userId)
  assert.equal(await openOrder(person.userId), first)
  assert.notEqual(await openOrder(person.userId, 'pack-cassandra'), first)
  await till.pay(person.telegramId, first)
  await till.settleUpdates()
  assert.notEqual(await openOrder(person.userId), first)
})

test('without Telegram, for an unknown offer and while payments are held no order is made', async () => {
  const reader = await till.newReader()
  assert.deepEqual(await payments.openOrder({ userId: reader, offerId: 'pack-small' }), {
    refused: 'telegram_required',
  })
  const { userId } = await till.newPayer()
  assert.deepEqual(await payments.openOrder({ userId, offerId: 'nothing' }), { refused: 'unknown_offer' })
  await sql`UPDATE users SET payments_held_at = now() WHERE id = ${userId}`.execute(db)
  assert.deepEqual(await payments.openOrder({ userId, offerId: 'pack-small' }), { refused: 'payments_held' })
})

test('an invoice that Telegram does not make is asked for again under the same order', async () => {
  const { userId } = await till.newPayer()
  sandbox.telegram.faults.add({ kind: '502', method: 'createInvoiceLink', times: 1 })
  assert.deepEqual(await payments.openOrder({ userId, offerId: 'pack-small' }), { refused: 'telegram_away' })
  await openOrder(userId)
  const { rows } = await sql`SELECT FROM orders WHERE user_id = ${userId}`.execute(db)
  assert.equal(rows.length, 1)
})

test('A51 A52 before it is paid: a stranger, another sum or currency, an old, closed or paid order, a held payer are refused', async () => {
  const [person, stranger] = [await till.newPayer(), await till.newPayer()]
  const url = await openOrder(person.userId)
  const payload = sandbox.telegram.invoice(url)?.payload ?? ''
  const question = { payload, telegramId: person.telegramId, currency: 'XTR', totalAmount: PACK_STARS }
  const reasonOf = async (change: Partial<typeof question>) => {
    const verdict = await payments.checkOrder({ ...question, ...change })
    return verdict.ok ? 'ok' : verdict.reason
  }
  assert.equal(await reasonOf({}), 'ok')
  assert.equal(await reasonOf({ payload: 'nothing' }), 'unknown_order')
  assert.equal(await reasonOf({ telegramId: stranger.telegramId }), 'wrong_person')
  assert.equal(await reasonOf({ totalAmount: PACK_STARS - 1 }), 'wrong_sum')
  assert.equal(await reasonOf({ currency: 'USD' }), 'wrong_sum')
  assert.deepEqual(await till.pay(stranger.telegramId, url), { no: 'wrong_person' })
  await sql`UPDATE users SET payments_held_at = now() WHERE id = ${person.userId}`.execute(db)
  assert.equal(await reasonOf({}), 'payments_held')
  await sql`UPDATE users SET payments_held_at = NULL WHERE id = ${person.userId}`.execute(db)
  await sql`UPDATE orders SET expires_at = now() WHERE payload = ${payload}`.execute(db)
  assert.equal(await reasonOf({}), 'order_expired')
  await sql`UPDATE orders SET expires_at = now() + interval '1 day', state = 'cancelled' WHERE payload = ${payload}`.execute(
    db,
  )
  assert.equal(await reasonOf({}), 'order_expired')
  await sql`UPDATE orders SET state = 'paid' WHERE payload = ${payload}`.execute(db)
  assert.equal(await reasonOf({}), 'order_paid')
  await sql`DELETE FROM identities WHERE user_id = ${person.userId}`.execute(db)
  await sql`UPDATE orders SET state = 'open' WHERE payload = ${payload}`.execute(db)
  assert.equal(await reasonOf({}), 'wrong_person')
})

test('A51 a payment that fits no order is parked once and credits nobody', async () => {
  const [person, stranger] = [await till.newPayer(), await till.newPayer()]
  const before = await available(person.userId)
  await buy(person)
  const [told] = till.takeUpdates()
  assert.ok(told?.kind === 'paid')
  const changes = {
    unknown_order: { payload: 'nothing' },
    wrong_sum: { totalAmount: PACK_STARS + 1 },
    wrong_currency: { currency: 'USD' },
    wrong_person: { telegramId: stranger.telegramId },
  }
  for (const [kind, change] of Object.entries(changes)) {
    const payment: Payment = { ...told.payment, chargeId: `forged-${kind}`, ...change }
    assert.equal(await payments.bookPayment(payment), 'parked')
    assert.equal(await payments.bookPayment(payment), 'parked')
    assert.deepEqual(await differences(payment.chargeId), [kind])
  }
  assert.deepEqual(await available(person.userId), before)
  assert.equal(await till.deliver(told), 'booked')
})

test('what is paid for an order that has expired or was paid already is credited all the same', async () => {
  const person = await till.newPayer()
  const before = await available(person.userId)
  const url = await openOrder(person.userId)
  await till.pay(person.telegramId, url)
  const [told] = till.takeUpdates()
  assert.ok(told?.kind === 'paid')
  await sql`UPDATE orders SET state = 'cancelled', expires_at = now() WHERE user_id = ${person.userId}`.execute(db)
  assert.equal(await till.deliver(told), 'booked')
  assert.equal(await payments.bookPayment({ ...told.payment, chargeId: 'second-charge-of-a-pack' }), 'booked')
  assert.equal((await available(person.userId)).basic, before.basic + 2 * PACK.basic)
})

test('F43 a refund after spending leaves a debt, and the next purchase pays it first', async () => {
  const person = await till.newPayer()
  const { userId } = person
  const chargeId = await buy(person)
  await till.settleUpdates()
  const left = 30
  await spend(userId, (await available(userId)).basic - left)
  sandbox.telegram.refund(chargeId)
  const [told] = till.takeUpdates()
  assert.ok(told)
  assert.deepEqual((await Promise.all([told, told, told].map(till.deliver))).toSorted(), ['booked', 'known', 'known'])
  assert.equal((await available(userId)).basic, 0)
  assert.equal(await debtOf(userId), PACK.basic - left)
  await buy(person)
  await till.settleUpdates()
  assert.equal(await debtOf(userId), 0)
  assert.equal((await available(userId)).basic, left)
})

test('F43 a refund that is told before its payment nets to zero, also in parallel', async () => {
  const person = await till.newPayer()
  const before = await available(person.userId)
  const chargeId = await buy(person)
  sandbox.telegram.refund(chargeId)
  const [paid, refunded] = till.takeUpdates()
  assert.ok(paid && refunded)
  assert.equal(await till.deliver(refunded), 'early')
  assert.equal(await till.deliver(paid), 'booked')
  assert.equal(await till.deliver(refunded), 'known')
  assert.deepEqual(await available(person.userId), before)
  const another = await till.newPayer()
  sandbox.telegram.refund(await buy(another))
  const both = till.takeUpdates()
  await Promise.all([...both, ...both].map(till.deliver))
  assert.deepEqual(await available(another.userId), before)
})

test('A53 two refunds that no operator asked for hold payments until one has looked', async () => {
  const person = await till.newPayer()
  const charges = [await buy(person)]
  await till.settleUpdates()
  charges.push(await buy(person))
  await till.settleUpdates()
  for (const id of charges) sandbox.telegram.refund(id)
  await till.settleUpdates()
  assert.deepEqual(await payments.openOrder({ userId: person.userId, offerId: 'pack-small' }), {
    refused: 'payments_held',
  })
  assert.deepEqual(await differences(charges[1] ?? ''), ['refund_loop'])
})
