import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { startForTest } from './start-for-test.ts'

const MASHA = 700_000_001
const OFFER = {
  title: '100 сообщений',
  description: 'Пакет',
  payload: 'order-1',
  currency: 'XTR',
  prices: [{ label: 'XTR', amount: 250 }],
}

let server: Awaited<ReturnType<typeof startForTest>>
beforeEach(async () => {
  server?.stop()
  server = await startForTest()
  server.telegram.sendText(MASHA, 'hi')
})
after(() => server.stop())

const preCheckout = () =>
  server.telegram.waitFor(
    () => server.telegram.pendingUpdates().find((each) => each.update.pre_checkout_query)?.update.pre_checkout_query,
  )
const last = () => server.telegram.pendingUpdates().at(-1)?.update

async function buy(slug: string) {
  const paying = server.telegram.pay(MASHA, slug)
  const query = await preCheckout()
  await server.call('answerPreCheckoutQuery', { pre_checkout_query_id: query.id, ok: true })
  const paid = await paying
  if (paid.status !== 'paid') throw new Error(paid.reason)
  return { charge: paid.charge, query }
}

test('an invoice is paid after the bot agreed, and only the payment tells of it', async () => {
  const sent = await server.call('sendInvoice', { chat_id: MASHA, ...OFFER })
  assert.equal(sent.result.invoice.total_amount, 250)
  const slug = server.telegram.invoiceOfMessage(sent.result.message_id)?.slug ?? ''
  const { charge, query } = await buy(slug)
  assert.deepEqual([query.from.id, query.total_amount, query.invoice_payload], [MASHA, 250, 'order-1'])
  const payment = last()?.message?.successful_payment
  assert.deepEqual(
    [payment?.telegram_payment_charge_id, payment?.currency, payment?.invoice_payload],
    [charge.id, 'XTR', 'order-1'],
  )
})

test('a no from the bot costs nothing', async () => {
  const { result } = await server.call('createInvoiceLink', OFFER)
  const paying = server.telegram.pay(MASHA, result)
  const query = await preCheckout()
  await server.call('answerPreCheckoutQuery', {
    pre_checkout_query_id: query.id,
    ok: false,
    error_message: 'Цена изменилась',
  })
  assert.deepEqual(await paying, { status: 'failed', reason: 'Цена изменилась' })
  assert.deepEqual(server.telegram.charges(), [])
})

test('an answer after ten seconds is too late on both sides', async () => {
  const { result } = await server.call('createInvoiceLink', OFFER)
  const paying = server.telegram.pay(MASHA, result)
  const query = await preCheckout()
  server.passTime(10_001)
  const late = await server.call('answerPreCheckoutQuery', { pre_checkout_query_id: query.id, ok: true })
  assert.match(late.description, /query is too old/u)
  assert.deepEqual(await paying, { status: 'failed', reason: 'BOT_PRECHECKOUT_TIMEOUT' })
})

test('a refund goes once, tells the bot, and stands in the transactions under the same id', async () => {
  const { result } = await server.call('createInvoiceLink', OFFER)
  const { charge } = await buy(result)
  const refund = { user_id: MASHA, telegram_payment_charge_id: charge.id }
  assert.equal((await server.call('refundStarPayment', refund)).result, true)
  assert.equal(last()?.message?.refunded_payment?.telegram_payment_charge_id, charge.id)
  assert.equal((await server.call('refundStarPayment', refund)).description, 'Bad Request: CHARGE_ALREADY_REFUNDED')
  assert.equal(
    (await server.call('refundStarPayment', { ...refund, user_id: 1 })).description,
    'Bad Request: CHARGE_ID_INVALID',
  )
  const { transactions } = (await server.call('getStarTransactions')).result
  assert.deepEqual(
    transactions.map((each: { id: string; source?: object; receiver?: object }) => [
      each.id,
      !!each.source,
      !!each.receiver,
    ]),
    [
      [charge.id, true, false],
      [charge.id, false, true],
    ],
  )
  assert.equal((await server.call('getStarTransactions', { offset: 1, limit: 1 })).result.transactions.length, 1)
})

test('a subscription starts, renews, and stops when the bot or the person cancels', async () => {
  const { result } = await server.call('createInvoiceLink', { ...OFFER, subscription_period: 2_592_000 })
  const { charge } = await buy(result)
  assert.equal(last()?.message?.successful_payment?.is_first_recurring, true)
  const renewal = server.telegram.renew(charge.id)
  const renewed = last()?.message?.successful_payment
  assert.deepEqual(
    [renewed?.telegram_payment_charge_id, renewed?.is_recurring, renewed?.is_first_recurring],
    [renewal.id, true, undefined],
  )
  const edit = { user_id: MASHA, telegram_payment_charge_id: charge.id, is_canceled: true }
  assert.equal((await server.call('editUserStarSubscription', edit)).result, true)
  assert.throws(() => server.telegram.renew(charge.id), /SUBSCRIPTION_NOT_ACTIVE/u)
  assert.throws(() => server.telegram.changeSubscription(charge.id, 'active'), /STOPPED_BY_BOT/u)
  assert.equal((await server.call('editUserStarSubscription', { ...edit, is_canceled: false })).result, true)
  assert.throws(() => server.telegram.renew(charge.id), /SUBSCRIPTION_NOT_ACTIVE/u)
  server.telegram.changeSubscription(charge.id, 'active')
  assert.equal(last()?.subscription?.state, 'active')
})

test('an invoice that Telegram would not take is refused', async () => {
  const wrong: [object, RegExp][] = [
    [{ currency: 'USD' }, /CURRENCY_INVALID/u],
    [{ prices: [...OFFER.prices, ...OFFER.prices] }, /STARS_INVOICE_INVALID/u],
    [{ prices: [{ label: 'x', amount: 1.5 }] }, /STARS_INVOICE_INVALID/u],
    [{ title: 'x'.repeat(33) }, /INVOICE_TITLE_INVALID/u],
    [{ payload: 'я'.repeat(65) }, /INVOICE_PAYLOAD_INVALID/u],
    [{ subscription_period: 60 }, /SUBSCRIPTION_PERIOD_INVALID/u],
    [{ subscription_period: 2_592_000, prices: [{ label: 'x', amount: 10_001 }] }, /STARS_INVOICE_INVALID/u],
  ]
  for (const [change, description] of wrong) {
    assert.match((await server.call('createInvoiceLink', { ...OFFER, ...change })).description, description)
  }
})
