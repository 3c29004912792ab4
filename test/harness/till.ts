import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Credits } from '#contract/api'
import { balanceOf, bookTopUp, clawBack } from '#domain/credits'
import { insertNotice } from '#domain/delivery'
import {
  createPayments,
  loadOffers,
  type Offer,
  type Payment,
  type PaymentLedger,
  type Payments,
  type Refund,
} from '#domain/payments'
import { createStarGateway, createTelegramApi } from '#edges/telegram'
import type { Sandbox } from '#sandbox'
import { openRooms, type Rooms } from './rooms.ts'
import { startTestSandbox } from './sandbox.ts'
import { type Scope, wholeFile } from './scope.ts'
import { silentLog } from './silent-log.ts'

const OFFERS = fileURLToPath(new URL('../../offers.yaml', import.meta.url))
const MS = 1_000
/** What the house hands to payments. */
const LEDGER: PaymentLedger = { bookTopUp, clawBack }

export type Till = Awaited<ReturnType<typeof openTill>>

/** What Telegram told of money, as the bot's edge hands it on. */
export type Told =
  | { kind: 'paid'; payment: Payment }
  | { kind: 'refunded'; refund: Refund }
  | {
      kind: 'subscription'
      note: { payload: string; telegramId: string; state: 'active' | 'canceled' | 'failed' }
    }

/** The rooms of the domain with payments among them, and the Telegram of a sandbox that takes Stars; no process. */
export async function openTill(scope: Scope = wholeFile) {
  const rooms = await openRooms(scope)
  const sandbox = await startTestSandbox(scope, { appUrl: 'http://127.0.0.1:1' })
  const api = createTelegramApi({ token: sandbox.token, apiRoot: sandbox.apiRoot })
  const gateway = createStarGateway(api)
  const offers: Offer[] = await loadOffers(OFFERS)
  const payments = createPayments({
    db: rooms.db,
    checkDb: rooms.db,
    offers,
    gateway,
    ledger: LEDGER,
    async tell(tx, { userId, telegramId }, notice) {
      await insertNotice(tx, { userId, channel: 'telegram', address: telegramId, notice })
    },
    changed() {},
    log: silentLog,
    measure() {},
  })
  const at = { rooms, sandbox, api, payments }
  return {
    ...rooms,
    sandbox,
    api,
    gateway,
    offers,
    payments,
    ledger: LEDGER,
    ...booksOf(at),
    ...salesAt(at),
    ...newsAt(at),
  }
}

interface Counter {
  rooms: Rooms
  sandbox: Sandbox
  api: ReturnType<typeof createTelegramApi>
  payments: Payments
}

/** Looking at what somebody has. */
function booksOf({ rooms: { db } }: Counter) {
  return {
    async available(userId: string): Promise<Credits> {
      return (await balanceOf(db, userId)).available
    },
    /** Of all types together. */
    async debtOf(userId: string): Promise<number> {
      const { rows } = await sql<{ debt: number }>`
        SELECT sum(debt)::integer AS debt FROM credit_balances WHERE user_id = ${userId}`.execute(db)
      return rows[0]?.debt ?? 0
    },
  }
}

/** Buying. */
function salesAt({ rooms, sandbox: { telegram }, api, payments }: Counter) {
  return { newPayer, pay, openOrder, buy }

  /** A person of age in both worlds. */
  async function newPayer(): Promise<{ userId: string; telegramId: string }> {
    const person = await rooms.newPerson()
    telegram.addPerson({ id: Number(person.telegramId) })
    return person
  }

  /** Pays an invoice as this person; the charge's id, or why not. What Telegram tells of it waits in `takeUpdates`. */
  async function pay(telegramId: string, invoiceUrl: string): Promise<{ chargeId: string } | { no: string }> {
    const before = new Set(telegram.pendingUpdates().map(({ update }) => update.update_id))
    const paying = telegram.pay(Number(telegramId), invoiceUrl)
    const query = await telegram.waitFor(() =>
      telegram
        .pendingUpdates()
        .filter(({ update, chatId }) => !before.has(update.update_id) && chatId === Number(telegramId))
        .map(({ update }) => update.pre_checkout_query)
        .find((asked) => asked !== undefined),
    )
    const { invoice_payload: payload, currency, total_amount: totalAmount } = query
    const verdict = await payments.checkOrder({ payload, telegramId: String(query.from.id), currency, totalAmount })
    if (verdict.ok) await api.answerPreCheckoutQuery(query.id, true)
    else await api.answerPreCheckoutQuery(query.id, false, { error_message: verdict.reason })
    const paid = await paying
    return paid.status === 'paid' ? { chargeId: paid.charge.id } : { no: paid.reason }
  }

  /** Opens an order; gives the address of its invoice. */
  async function openOrder(userId: string, offerId = 'pack-small'): Promise<string> {
    const opened = await payments.openOrder({ userId, offerId })
    if ('refused' in opened) throw new Error(`no order: ${opened.refused}`)
    return opened.invoiceUrl
  }

  /** Opens an order and pays it; nothing of that is told yet. */
  async function buy(
    { userId, telegramId }: { userId: string; telegramId: string },
    offerId?: string,
  ): Promise<string> {
    const paid = await pay(telegramId, await openOrder(userId, offerId))
    if ('no' in paid) throw new Error(`not paid: ${paid.no}`)
    return paid.chargeId
  }
}

/** Hearing what Telegram tells. */
function newsAt({ sandbox, payments }: Counter) {
  const takeUpdates = updatesOf(sandbox)
  return { takeUpdates, deliver, settleUpdates }

  /** Does what the bot's edge does with it. */
  async function deliver(told: Told): Promise<unknown> {
    if (told.kind === 'paid') return payments.bookPayment(told.payment)
    if (told.kind === 'refunded') return payments.bookRefund(told.refund)
    return payments.noteSubscription(told.note)
  }

  /** Everything that Telegram told since the last time, once and in order. */
  async function settleUpdates(): Promise<unknown[]> {
    const results: unknown[] = []
    for (const told of takeUpdates()) results.push(await deliver(told))
    return results
  }
}

/** What was told of money and was not taken yet. */
function updatesOf({ telegram }: Sandbox): () => Told[] {
  let taken = 0
  return () => {
    const fresh = telegram.pendingUpdates().filter(({ update }) => update.update_id > taken)
    taken = Math.max(taken, ...fresh.map(({ update }) => update.update_id))
    return fresh.flatMap(({ update }) => toTold(update) ?? [])
  }
}

type Update = ReturnType<Sandbox['telegram']['pendingUpdates']>[number]['update']

function toTold({ message, subscription }: Update): Told | null {
  if (subscription) {
    const { invoice_payload: payload, user, state } = subscription
    return { kind: 'subscription', note: { payload, telegramId: String(user.id), state } }
  }
  const said = message?.successful_payment ?? message?.refunded_payment
  if (!message || !said) return null
  const telegramId = String(message.chat.id)
  const {
    telegram_payment_charge_id: chargeId,
    invoice_payload: payload,
    total_amount: totalAmount,
    currency,
    subscription_expiration_date: until,
  } = said
  if (message.refunded_payment) return { kind: 'refunded', refund: { chargeId, payload, telegramId, totalAmount } }
  return {
    kind: 'paid',
    payment: {
      chargeId,
      payload,
      telegramId,
      currency,
      totalAmount,
      recurring: said.is_recurring === true,
      firstRecurring: said.is_first_recurring === true,
      expiresAt: until === undefined ? null : new Date(until * MS),
      source: 'update',
    },
  }
}
