import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { lockUsers } from '#domain/identity'
import { type LinkDeps, mergeUsers, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openTill } from '#test/till'

const till = await openTill()
const { db, payments, sandbox, available, buy } = till
const MONTHLY = { basic: 600, pro: 40, cassandra: 20 }
const MONTH_MS = 2_592_000_000

async function plusMonths(userId: string, welcome: { basic: number; pro: number; cassandra: number }, months: number) {
  assert.deepEqual(await available(userId), {
    basic: welcome.basic + months * MONTHLY.basic,
    pro: welcome.pro + months * MONTHLY.pro,
    cassandra: welcome.cassandra + months * MONTHLY.cassandra,
  })
}

async function subscriber() {
  const person = await till.newPayer()
  const welcome = await available(person.userId)
  const chargeId = await buy(person, 'monthly')
  await till.settleUpdates()
  return { ...person, welcome, chargeId }
}

const renewsAtTelegram = (chargeId: string) => {
  try {
    return sandbox.telegram.renew(chargeId).id
  } catch {
    return null
  }
}

test('every month that is paid brings its credits once and moves the end; a late duplicate moves nothing back', async () => {
  const { userId, welcome, chargeId } = await subscriber()
  await plusMonths(userId, welcome, 1)
  const first = await payments.subscriptionOf(userId)
  assert.deepEqual([first?.offerId, first?.state, first?.stars], ['monthly', 'active', 700])
  sandbox.telegram.renew(chargeId)
  const [renewal] = till.takeUpdates()
  assert.ok(renewal?.kind === 'paid')
  const expiresAt = new Date(Date.parse(first?.expiresAt ?? '') + MONTH_MS)
  const late = { ...renewal.payment, expiresAt }
  assert.equal(await payments.bookPayment(late), 'booked')
  assert.equal(await payments.bookPayment(late), 'known')
  await plusMonths(userId, welcome, 2)
  assert.equal((await payments.subscriptionOf(userId))?.expiresAt, expiresAt.toISOString())
  const older = { ...late, chargeId: `older-${chargeId}`, expiresAt: new Date(Date.now() + 1_000) }
  assert.equal(await payments.bookPayment(older), 'booked')
  assert.equal((await payments.subscriptionOf(userId))?.expiresAt, expiresAt.toISOString())
})

test('who is subscribed gets no second invoice, and one that is open still is refused at the checkout', async () => {
  const person = await till.newPayer()
  const [early, late] = [await till.openOrder(person.userId, 'monthly'), await secondOrder(person.userId)]
  await till.pay(person.telegramId, early)
  await till.settleUpdates()
  assert.deepEqual(await payments.openOrder({ userId: person.userId, offerId: 'monthly' }), {
    refused: 'already_subscribed',
  })
  assert.deepEqual(await till.pay(person.telegramId, late), { no: 'already_subscribed' })
})

/** The first one is not given again when its time is nearly over. */
async function secondOrder(userId: string): Promise<string> {
  await sql`UPDATE orders SET expires_at = now() + interval '5 minutes' WHERE user_id = ${userId}`.execute(db)
  return till.openOrder(userId, 'monthly')
}

test('cancelled it gives until its end, and Telegram charges no more; allowed again it does as the payer wants', async () => {
  const { userId, chargeId } = await subscriber()
  for (const _ of [1, 2]) assert.equal(await payments.cancelSubscription(userId), 'changed')
  assert.equal((await payments.subscriptionOf(userId))?.state, 'canceled')
  assert.equal(renewsAtTelegram(chargeId), null)
  for (const _ of [1, 2]) assert.equal(await payments.resumeSubscription(userId), 'changed')
  assert.equal((await payments.subscriptionOf(userId))?.state, 'reopened')
  assert.deepEqual(await payments.openOrder({ userId, offerId: 'monthly' }), { refused: 'already_subscribed' })
  sandbox.telegram.changeSubscription(chargeId, 'active')
  await till.settleUpdates()
  assert.equal((await payments.subscriptionOf(userId))?.state, 'active')
  assert.equal(await payments.resumeSubscription(userId), 'changed')
  assert.equal((await payments.subscriptionOf(userId))?.state, 'active', 'what Telegram says stands')
  assert.ok(renewsAtTelegram(chargeId))
  assert.equal(await payments.cancelSubscription((await till.newPayer()).userId), 'absent')
})

test('what Telegram did not do is not written down', async () => {
  const { userId } = await subscriber()
  sandbox.telegram.faults.add({ kind: '502', method: 'editUserStarSubscription', times: 1 })
  assert.equal(await payments.cancelSubscription(userId), 'telegram_away')
  assert.equal((await payments.subscriptionOf(userId))?.state, 'active')
})

test('what Telegram tells of a subscription is shown; a month that cannot be paid is said in the chat', async () => {
  const { userId, chargeId } = await subscriber()
  for (const state of ['canceled', 'active', 'failed'] as const) {
    sandbox.telegram.changeSubscription(chargeId, state)
    await till.settleUpdates()
    assert.equal((await payments.subscriptionOf(userId))?.state, state)
  }
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM deliveries
    WHERE user_id = ${userId} AND notice ->> 'key' = 'subscription_failed'`.execute(db)
  assert.equal(rows[0]?.count, 1)
})

test('of two subscriptions the one that is charged again is shown until it is stopped too', async () => {
  const { userId, telegramId, chargeId } = await subscriber()
  // Two checkouts of two invoices may have been asked before either was paid.
  const payload = `second-${chargeId}`
  await sql`
    INSERT INTO orders (user_id, id, payload, telegram_id, offer_id, kind, stars, basic, expires_at)
    VALUES (${userId}, gen_random_uuid(), ${payload}, ${telegramId}, 'monthly', 'subscription', 700, 600, now())`.execute(
    db,
  )
  const charge = { currency: 'XTR', totalAmount: 700, recurring: true, firstRecurring: true, source: 'update' } as const
  const expiresAt = new Date(Date.now() + MONTH_MS / 2)
  assert.equal(await payments.bookPayment({ ...charge, chargeId: payload, payload, telegramId, expiresAt }), 'booked')
  assert.equal(await payments.cancelSubscription(userId), 'changed', 'the longer one')
  const left = await payments.subscriptionOf(userId)
  assert.deepEqual([left?.state, left?.expiresAt], ['active', expiresAt.toISOString()])
})

test('a stranger tells nothing about a subscription', async () => {
  const { userId, chargeId } = await subscriber()
  const charge = sandbox.telegram.charges().find(({ id }) => id === chargeId)
  const stranger = await till.newPayer()
  const payload = charge?.invoice.payload ?? ''
  await payments.noteSubscription({ payload, telegramId: stranger.telegramId, state: 'canceled' })
  assert.equal((await payments.subscriptionOf(userId))?.state, 'active')
})

test('a refunded month takes its credits back and ends the subscription', async () => {
  const { userId, welcome, chargeId } = await subscriber()
  sandbox.telegram.refund(chargeId)
  await till.settleUpdates()
  await plusMonths(userId, welcome, 0)
  assert.equal(await payments.subscriptionOf(userId), null)
})

test('a month that was paid while two were one ends the subscription when it is given back, whoever has it then', async () => {
  const { userId, chargeId } = await subscriber()
  const survivorId = await till.newReader()
  const links: LinkDeps = { db, vault: till.vault, parts: mergeParts({ vault: till.vault, keys: till.keyRing }) }
  await inTransaction(db, async (tx) => {
    await lockUsers(tx, [survivorId, userId])
    return mergeUsers(tx, links, { survivorId, absorbedId: userId, sessionId: null, way: 'logins' })
  })
  const renewal = sandbox.telegram.renew(chargeId)
  const [told] = till.takeUpdates()
  assert.ok(told?.kind === 'paid')
  await till.deliver({ kind: 'paid', payment: { ...told.payment, expiresAt: new Date(Date.now() + 2 * MONTH_MS) } })
  assert.ok('absorbedId' in (await undoMerge(links, { userId: survivorId, sessionId: randomUUID() }, async () => {})))
  assert.equal((await payments.subscriptionOf(userId))?.state, 'active')
  const asked = { chargeId: renewal.id, operatorId: userId, reason: 'by mistake' }
  assert.equal(await payments.refundCharge(asked), 'refunded')
  assert.equal(await payments.subscriptionOf(userId), null)
  assert.equal(renewsAtTelegram(chargeId), null)
})

test('whose month an operator gives back is not charged the next; while Telegram is away nothing is given back', async () => {
  const { userId, welcome, chargeId } = await subscriber()
  const asked = { chargeId, operatorId: userId, reason: 'asked for it' }
  sandbox.telegram.faults.add({ kind: '502', method: 'editUserStarSubscription', times: 1 })
  assert.equal(await payments.refundCharge(asked), 'telegram_away')
  assert.ok(!sandbox.telegram.charges().find(({ id }) => id === chargeId)?.refunded)
  assert.equal(await payments.refundCharge(asked), 'refunded')
  assert.equal(renewsAtTelegram(chargeId), null)
  await plusMonths(userId, welcome, 0)
})

test('one that Telegram does not stop any more is given back all the same', async () => {
  const { userId, welcome, chargeId } = await subscriber()
  const refusal = { kind: 'error', errorCode: 400, method: 'editUserStarSubscription', times: 1 } as const
  sandbox.telegram.faults.add(refusal)
  assert.equal(await payments.refundCharge({ chargeId, operatorId: userId, reason: 'asked for it' }), 'refunded')
  await plusMonths(userId, welcome, 0)
})

test('one that has expired is shown no more, and one that failed for a while', async () => {
  const { userId } = await subscriber()
  const setEnd = (state: string, end: string) =>
    sql`UPDATE subscriptions SET state = ${state}, expires_at = now() - ${end}::interval WHERE user_id = ${userId}`.execute(
      db,
    )
  await setEnd('canceled', '1 minute')
  assert.equal(await payments.subscriptionOf(userId), null)
  await setEnd('failed', '3 days')
  assert.equal((await payments.subscriptionOf(userId))?.state, 'failed')
  await setEnd('active', '2 days')
  assert.equal(await payments.subscriptionOf(userId), null)
})
