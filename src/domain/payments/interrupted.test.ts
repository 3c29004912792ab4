import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { silentLog } from '#test/silent-log'
import { openTill } from '#test/till'
import { createPayments, type PaymentsDeps, type StarGateway } from './index.ts'

const till = await openTill()
const { db, available } = till

class Crash extends Error {}

const noGateway: StarGateway = {
  createInvoiceLink: () => Promise.reject(new Crash()),
  refund: () => Promise.reject(new Crash()),
  setRenewal: () => Promise.reject(new Crash()),
  transactions: () => Promise.reject(new Crash()),
}

/** Payments that break off at one of the steps in which a process may die. */
function breakingAt(step: 'top_up' | 'topped_up' | 'claw_back' | 'clawed_back' | 'told' | 'committed') {
  const breakAt = (here: typeof step) => {
    if (step === here) throw new Crash(here)
  }
  const deps: PaymentsDeps = {
    db,
    checkDb: db,
    offers: till.offers,
    gateway: noGateway,
    ledger: {
      async bookTopUp(tx, topUp) {
        breakAt('top_up')
        const booked = await till.ledger.bookTopUp(tx, topUp)
        breakAt('topped_up')
        return booked
      },
      async clawBack(tx, claw) {
        breakAt('claw_back')
        const taken = await till.ledger.clawBack(tx, claw)
        breakAt('clawed_back')
        return taken
      },
    },
    async tell() {
      breakAt('told')
    },
    changed() {
      breakAt('committed')
    },
    log: silentLog,
    measure() {},
  }
  return createPayments(deps)
}

async function traces(chargeId: string) {
  const { rows } = await sql<{ charges: number; transfers: number; refunded: number }>`
    SELECT (SELECT count(*)::integer FROM charges WHERE id = ${chargeId}) AS charges,
      (SELECT count(*)::integer FROM ledger_transfers WHERE business_key LIKE ${`charge:${chargeId}%`}) AS transfers,
      (SELECT count(*)::integer FROM charges WHERE id = ${chargeId} AND refunded_at IS NOT NULL) AS refunded
  `.execute(db)
  return rows[0]
}

test('a payment that breaks off at any step leaves nothing, and told again it is booked once', async () => {
  for (const step of ['top_up', 'topped_up', 'told'] as const) {
    const person = await till.newPayer()
    const before = await available(person.userId)
    const chargeId = await till.buy(person)
    const [told] = till.takeUpdates()
    assert.ok(told?.kind === 'paid')
    await assert.rejects(breakingAt(step).bookPayment(told.payment), Crash)
    assert.deepEqual(await traces(chargeId), { charges: 0, transfers: 0, refunded: 0 }, step)
    assert.equal(await till.deliver(told), 'booked')
    assert.equal((await available(person.userId)).basic, before.basic + 100, step)
  }
})

test('a payment that breaks off after its commit is known when it is told again', async () => {
  const person = await till.newPayer()
  const before = await available(person.userId)
  await till.buy(person)
  const [told] = till.takeUpdates()
  assert.ok(told?.kind === 'paid')
  await assert.rejects(breakingAt('committed').bookPayment(told.payment), Crash)
  assert.equal(await till.deliver(told), 'known')
  assert.equal((await available(person.userId)).basic, before.basic + 100)
})

test('a refund that breaks off at any step takes nothing, and told again it takes once', async () => {
  for (const step of ['claw_back', 'clawed_back', 'told', 'committed'] as const) {
    const person = await till.newPayer()
    const before = await available(person.userId)
    const chargeId = await till.buy(person)
    await till.settleUpdates()
    till.sandbox.telegram.refund(chargeId)
    const [told] = till.takeUpdates()
    assert.ok(told?.kind === 'refunded')
    await assert.rejects(breakingAt(step).bookRefund(told.refund), Crash)
    assert.equal(await till.deliver(told), step === 'committed' ? 'known' : 'booked')
    assert.deepEqual(await available(person.userId), before, step)
  }
})

test('a payment whose refund came first breaks off and nets to zero all the same', async () => {
  const person = await till.newPayer()
  const before = await available(person.userId)
  till.sandbox.telegram.refund(await till.buy(person))
  const [paid, refunded] = till.takeUpdates()
  assert.ok(paid?.kind === 'paid' && refunded)
  assert.equal(await till.deliver(refunded), 'early')
  for (const step of ['topped_up', 'claw_back', 'clawed_back'] as const) {
    await assert.rejects(breakingAt(step).bookPayment(paid.payment), Crash)
  }
  assert.equal(await till.deliver(paid), 'booked')
  assert.deepEqual(await available(person.userId), before)
})
