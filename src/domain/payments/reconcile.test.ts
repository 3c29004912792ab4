import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { silentLog } from '#test/silent-log'
import { openTill } from '#test/till'
import { createPayments, openDifferences, type PaymentsDeps, reconciledAt, type StarGateway } from './index.ts'

const till = await openTill()
const { db, payments, sandbox, available, buy } = till
const deps: Omit<PaymentsDeps, 'gateway'> = {
  db,
  checkDb: db,
  offers: till.offers,
  ledger: till.ledger,
  tell: async () => {},
  changed() {},
  log: silentLog,
  measure() {},
}

test('F44 what Telegram lists and never told is booked, payment and refund', async () => {
  const [payer, refunded] = [await till.newPayer(), await till.newPayer()]
  const before = await available(payer.userId)
  await buy(payer)
  sandbox.telegram.refund(await buy(refunded))
  await buy(payer, 'monthly')
  const lost = till.takeUpdates()
  assert.deepEqual(await payments.reconcile(), { compared: 4, booked: 3, refunded: 1, parked: 0 })
  assert.equal((await available(payer.userId)).basic, before.basic + 100 + 600)
  assert.deepEqual(await available(refunded.userId), before)
  assert.equal((await payments.subscriptionOf(payer.userId))?.state, 'active')
  assert.deepEqual(new Set(await Promise.all(lost.map(till.deliver))), new Set(['known']))
  assert.deepEqual(await payments.reconcile(), { compared: 4, booked: 0, refunded: 0, parked: 0 })
  assert.ok(await reconciledAt(db))
})

test('a page that Telegram fills by half is not the end of its list', async () => {
  const person = await till.newPayer()
  const { basic } = await available(person.userId)
  for (const _ of [1, 2, 3]) await buy(person)
  till.takeUpdates()
  const { gateway } = till
  const halves: StarGateway = {
    ...gateway,
    transactions: ({ offset }, signal) => gateway.transactions({ offset, limit: 2 }, signal),
  }
  const figures = await createPayments({ ...deps, gateway: halves }).reconcile()
  assert.notEqual(figures, 'busy')
  assert.equal((await available(person.userId)).basic, basic + 300)
  assert.deepEqual(await payments.reconcile(), { ...Object(figures), booked: 0 })
})

test('a list that is a little shorter than what was compared is another one, and is read from its start', async () => {
  const person = await till.newPayer()
  const { basic } = await available(person.userId)
  for (const _ of [1, 2]) await buy(person)
  till.takeUpdates()
  const listed = sandbox.telegram.charges().length + sandbox.telegram.charges().filter((one) => one.refunded).length
  await sql`UPDATE star_reconciliation SET compared = ${listed + 99}`.execute(db)
  await payments.reconcile()
  assert.equal((await available(person.userId)).basic, basic + 200)
})

test('what was told and is not listed is a difference an hour later, until it is listed', async () => {
  const person = await till.newPayer()
  const chargeId = await buy(person)
  await till.settleUpdates()
  await sql`
    INSERT INTO charges (id, user_id, order_id, telegram_id, stars, source)
    SELECT 'forged', user_id, order_id, telegram_id, stars, 'update' FROM charges WHERE id = ${chargeId}`.execute(db)
  await payments.reconcile()
  assert.equal(await openDifferences(db), 0)
  await sql`UPDATE charges SET paid_at = now() - interval '2 hours'`.execute(db)
  await payments.reconcile()
  const { rows } = await sql<{ charge_id: string }>`
    SELECT charge_id FROM payment_differences WHERE kind = 'unlisted_payment'`.execute(db)
  assert.deepEqual(rows, [{ charge_id: 'forged' }])
  await sql`UPDATE payment_differences SET settled_at = now()`.execute(db)
  await sql`DELETE FROM charges WHERE id = 'forged'`.execute(db)
})

test('what cannot be booked is parked once, however often the list is compared', async () => {
  const person = await till.newPayer()
  await buy(person)
  till.takeUpdates()
  await sql`UPDATE orders SET payload = 'lost' WHERE user_id = ${person.userId}`.execute(db)
  for (const _ of [1, 2]) await payments.reconcile()
  assert.equal(await openDifferences(db), 1)
})

test('while one process compares another one does not, and a list that fails is read again', async () => {
  await sql`UPDATE star_reconciliation SET claimed_until = now() + interval '1 minute'`.execute(db)
  assert.equal(await payments.reconcile(), 'busy')
  await sql`UPDATE star_reconciliation SET claimed_until = now()`.execute(db)
  assert.notEqual(await payments.reconcile(), 'busy')
  sandbox.telegram.faults.add({ kind: '502', method: 'getStarTransactions', times: 1 })
  await assert.rejects(payments.reconcile(), { name: 'StarGatewayError', kind: 'away' })
  assert.notEqual(await payments.reconcile(), 'busy')
})
