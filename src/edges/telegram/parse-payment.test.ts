import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MalformedUpdate } from './inbound-update.ts'
import { parseUpdate } from './parse-update.ts'

const from = { id: 42, is_bot: false, first_name: 'Маша', language_code: 'ru' }
const chat = { id: 42, type: 'private', first_name: 'Маша' }
const PAYMENT = {
  currency: 'XTR',
  total_amount: 150,
  invoice_payload: 'order',
  telegram_payment_charge_id: 'stx1',
  provider_payment_charge_id: '42_1',
}
const bill = { payload: 'order', currency: 'XTR', totalAmount: 150 }
const service = (more: object) => ({
  update_id: 1,
  message: { message_id: 7, date: 1_770_000_000, from, chat, ...more },
})
const paid = (more: object) => service({ successful_payment: { ...PAYMENT, ...more } })
const checkout = (more: object) => ({
  update_id: 1,
  pre_checkout_query: { id: 'q', from, currency: 'XTR', total_amount: 150, invoice_payload: 'order', ...more },
})

test('a payment is read with its charge, its payer and what it was for', () => {
  const told = { updateId: 1, person: { id: '42' }, chargeId: 'stx1', bill }
  assert.deepEqual(parseUpdate(paid({})), { kind: 'paid', ...told, renewal: null })
  const month = { is_recurring: true, is_first_recurring: true, subscription_expiration_date: 1_780_000_000 }
  const expiresAt = new Date(1_780_000_000_000)
  assert.deepEqual(parseUpdate(paid(month)), { kind: 'paid', ...told, renewal: { first: true, expiresAt } })
  const { is_first_recurring: _first, ...later } = month
  assert.deepEqual(parseUpdate(paid(later)), { kind: 'paid', ...told, renewal: { first: false, expiresAt } })
  assert.deepEqual(parseUpdate(service({ refunded_payment: PAYMENT })), { kind: 'refunded', ...told })
})

test('in a private chat the payer is whose chat it is, whoever the service message names', () => {
  const bot = { ...from, id: 7_000_000_123, is_bot: true }
  const update = parseUpdate(service({ from: bot, refunded_payment: PAYMENT }))
  assert.ok(update.kind === 'refunded')
  assert.equal(update.person.id, '42')
  const group = parseUpdate(service({ chat: { id: -5, type: 'supergroup' }, successful_payment: PAYMENT }))
  assert.ok(group.kind === 'paid')
  assert.equal(group.person.id, '42')
})

test('who is about to pay, and who stopped a subscription, are known by Telegram’s word', () => {
  const update = parseUpdate(checkout({}))
  assert.ok(update.kind === 'checkout')
  assert.deepEqual([update.queryId, update.person.id, update.person.locale, update.bill], ['q', '42', 'ru', bill])
  assert.equal(parseUpdate(checkout({ from: { ...from, is_bot: true } })).kind, 'ignored')
  const note = (state: string) =>
    parseUpdate({ update_id: 1, subscription: { user: from, invoice_payload: 'order', state } })
  assert.deepEqual(note('failed'), {
    kind: 'subscription',
    updateId: 1,
    person: { id: '42' },
    payload: 'order',
    state: 'failed',
  })
  assert.equal(note('of tomorrow').kind, 'ignored')
})

const ODD_AMOUNTS = [-150, 0, 1.5, 2 ** 53, 2 ** 31, Number.NaN, '150', null, undefined, [150], {}]

test('A50 amounts that are none, and what else no payment has, are malformed', () => {
  for (const total_amount of ODD_AMOUNTS) {
    for (const body of [
      paid({ total_amount }),
      service({ refunded_payment: { ...PAYMENT, total_amount } }),
      checkout({ total_amount }),
    ]) {
      assert.throws(() => parseUpdate(body), MalformedUpdate, String(total_amount))
    }
  }
  for (const more of [
    { telegram_payment_charge_id: '' },
    { telegram_payment_charge_id: 'a\0b' },
    { telegram_payment_charge_id: 'x'.repeat(257) },
    { currency: 7 },
    { invoice_payload: null },
    { subscription_expiration_date: 1e18 },
  ]) {
    assert.throws(() => parseUpdate(paid(more)), MalformedUpdate, JSON.stringify(more))
  }
  for (const body of [
    service({ successful_payment: 'yes' }),
    service({ successful_payment: 1 }),
    checkout({ id: 5 }),
    checkout({ from: null }),
  ]) {
    assert.throws(() => parseUpdate(body), MalformedUpdate)
  }
})

test('a payload longer than any of ours, or with odd characters, is somebody else’s and is told on', () => {
  for (const payload of ['x'.repeat(5_000), 'a\0b\ud800']) {
    const update = parseUpdate(paid({ invoice_payload: payload }))
    assert.ok(update.kind === 'paid')
    assert.ok(update.bill.payload.length <= 128 && update.bill.payload.isWellFormed())
  }
})

test('whatever stands in the place of money, it is read, ignored or malformed, and nothing else', () => {
  const seed = Date.now() % 2 ** 31
  const anything = fc.anything({ maxDepth: 3, withNullPrototype: false })
  const property = fc.property(
    fc.constantFrom('successful_payment', 'refunded_payment', 'pre_checkout_query', 'subscription'),
    fc.oneof(anything, fc.record({ ...paymentShapes(anything) }, { requiredKeys: [] })),
    (kind, value) => {
      const inMessage = kind.endsWith('_payment')
      const body = inMessage ? service({ [kind]: value }) : { update_id: 1, [kind]: value }
      try {
        parseUpdate(body)
      } catch (error) {
        assert.ok(error instanceof MalformedUpdate, `seed ${seed}: ${String(error)}`)
      }
    },
  )
  fc.assert(property, { seed, numRuns: 500 })
})

function paymentShapes(anything: fc.Arbitrary<unknown>) {
  return {
    id: fc.oneof(fc.string(), anything),
    from: fc.oneof(fc.constant(from), anything),
    user: fc.oneof(fc.constant(from), anything),
    state: fc.oneof(fc.constant('active'), anything),
    currency: fc.oneof(fc.constant('XTR'), anything),
    total_amount: fc.oneof(fc.integer(), fc.double(), anything),
    invoice_payload: fc.oneof(fc.string(), anything),
    telegram_payment_charge_id: fc.oneof(fc.string(), anything),
    subscription_expiration_date: fc.oneof(fc.integer(), anything),
  }
}
