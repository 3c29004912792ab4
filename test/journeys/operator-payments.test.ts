import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { granted, Person } from '#test/people'
import type { Scope } from '#test/scope'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'

// What operators see of money and do about it, in a real process and with the sandbox's Stars.

const OPERATOR = 700_000_002

interface Difference {
  id: string
  kind: string
  chargeId: string
}

const world = await startWorld(undefined, { env: { ADMIN_TELEGRAM_IDS: String(OPERATOR) } })
const { telegram } = world.sandbox
const { db } = world.database
const operator = new Person(world.vitte.url)
await operator.signInByWidget(world.sandbox, OPERATOR)

const post = (path: string, body?: object, headers = {}) =>
  operator.client.call<{ code?: string }>(`/api/admin/${path}`, { method: 'POST', headers, ...(body ? { body } : {}) })
const differences = async () =>
  granted(await operator.client.call<{ differences: Difference[] }>('/api/admin/payments/differences')).differences

/** Somebody with a chat, a page, and a pack that is paid. */
async function buyer(t: Scope) {
  const { id } = telegram.addPerson({ firstName: 'Н', languageCode: 'ru' })
  const chat = await enterBot(world.sandbox, id)
  const page = new Person(world.vitte.url, t)
  const { id: userId } = await page.openMiniApp(world.sandbox, id)
  const before = (await page.me()).credits
  const buy = async () => {
    const { invoiceUrl } = granted(
      await page.client.call<{ invoiceUrl: string }>('/api/payments/invoices', { body: { offerId: 'pack-small' } }),
      201,
    )
    const paid = await telegram.pay(id, invoiceUrl)
    assert.ok(paid.status === 'paid', JSON.stringify(paid))
    return paid.charge
  }
  return { id, userId, chat, page, before, buy }
}

test('a charge is given back with a reason: Stars and credits go, and it stands in the audit', async (t) => {
  const { page, before, buy } = await buyer(t)
  const charge = await buy()
  await waitFor(async () => (await page.me()).credits.basic === before.basic + 100, { what: 'the credits' })
  assert.equal((await post(`payments/${charge.id}/refund`, { reason: '' })).status, 422)
  assert.equal((await post('payments/nothing/refund', { reason: 'asked for it' })).status, 404)
  for (const _ of [1, 2]) granted(await post(`payments/${charge.id}/refund`, { reason: 'asked for it' }))
  assert.deepEqual((await page.me()).credits, before)
  assert.ok(telegram.charges().find(({ id }) => id === charge.id)?.refunded)
  const { rows } = await sql`
    SELECT FROM audit_events WHERE kind = 'payment_refund_asked' AND details ->> 'chargeId' = ${charge.id}`.execute(db)
  assert.equal(rows.length, 1)
})

test('while Telegram is away a refund is answered with 503 and may be repeated', async (t) => {
  const { page, before, buy } = await buyer(t)
  const charge = await buy()
  await waitFor(async () => (await page.me()).credits.basic === before.basic + 100, { what: 'the credits' })
  telegram.faults.add({ kind: '502', method: 'refundStarPayment', times: 1 })
  const away = await post(`payments/${charge.id}/refund`, { reason: 'asked for it' })
  assert.deepEqual([away.status, away.body.code], [503, 'telegram_unavailable'])
  granted(await post(`payments/${charge.id}/refund`, { reason: 'asked for it' }))
  assert.deepEqual((await page.me()).credits, before)
})

test('A51 a payment that fits no order is shown to operators, who settle it', async (t) => {
  const { id, page, before } = await buyer(t)
  telegram.pushUpdate(
    {
      message: {
        message_id: 1,
        date: Math.floor(Date.now() / 1_000),
        chat: { id, type: 'private', first_name: 'Н' },
        from: { id, is_bot: false, first_name: 'Н' },
        successful_payment: {
          currency: 'XTR',
          total_amount: 150,
          invoice_payload: 'made-up',
          telegram_payment_charge_id: 'made-up-charge',
          provider_payment_charge_id: 'x',
        },
      },
    },
    id,
  )
  const parked = await waitFor(async () => (await differences()).find(({ chargeId }) => chargeId === 'made-up-charge'))
  assert.equal(parked.kind, 'unknown_order')
  assert.deepEqual((await page.me()).credits, before)
  granted(await post(`payments/differences/${parked.id}/settle`))
  assert.ok(!(await differences()).some((each) => each.id === parked.id))
  assert.equal((await post(`payments/differences/${randomUUID()}/settle`)).status, 404)
})

test('credits are given once for a key, with a reason, and an open page hears of it', async (t) => {
  const { userId, page, before } = await buyer(t)
  const stream = await page.watch()
  const key = { 'idempotency-key': randomUUID() }
  const gift = { credits: { basic: 7, cassandra: 2 }, reason: 'for the trouble' }
  assert.equal((await post(`users/${userId}/grants`, gift)).status, 400)
  for (const _ of [1, 2]) granted(await post(`users/${userId}/grants`, gift, key), 201)
  const { credits } = await page.me()
  assert.deepEqual(credits, { basic: before.basic + 7, pro: before.pro, cassandra: before.cassandra + 2 })
  await waitFor(() => stream.events.some(({ name }) => name === 'credits'), { what: 'the event `credits`' })
  for (const credits of [{}, { basic: -1 }, { basic: 1.5 }, { basic: 2 ** 53 }, { gold: 1 }]) {
    assert.equal((await post(`users/${userId}/grants`, { ...gift, credits }, key)).status, 422, JSON.stringify(credits))
  }
  assert.equal((await post(`users/${randomUUID()}/grants`, gift, key)).status, 404)
  const elsewhere = await post(`users/${(await operator.me()).user.id}/grants`, gift, key)
  assert.deepEqual([elsewhere.status, elsewhere.body.code], [422, 'idempotency_mismatch'])
})

test('whoever refunds again and again buys nothing until an operator has looked', async (t) => {
  const { userId, page, before, buy } = await buyer(t)
  for (const _ of [1, 2]) {
    const charge = await buy()
    await waitFor(async () => (await page.me()).credits.basic === before.basic + 100, { what: 'the credits' })
    telegram.refund(charge.id)
    await waitFor(async () => (await page.me()).credits.basic === before.basic, { what: 'the refund' })
  }
  const again = await page.client.call<{ code: string }>('/api/payments/invoices', { body: { offerId: 'pack-small' } })
  assert.deepEqual([again.status, again.body.code], [409, 'payments_held'])
  granted(await post(`users/${userId}/payments-release`))
  await buy()
})
