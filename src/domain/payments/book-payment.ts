import { lockUser } from '#domain/identity'
import { ChangedMeanwhileError, type Executor, inTransaction } from '#platform/postgres'
import {
  findCharge,
  hasCharges,
  hasEarlyRefund,
  insertCharge,
  lockCharge,
  markRefunded,
  takeEarlyRefund,
} from './charge-store.ts'
import { STARS_CURRENCY } from './check-order.ts'
import { type DifferenceKind, insertDifference, settleDifferencesOf } from './difference-store.ts'
import { findOrder, markPaid, type Order } from './order-store.ts'
import { PARKED_KINDS } from './parked-kinds.ts'
import type { PaymentsDeps } from './payments.ts'
import { extendSubscription } from './subscription-store.ts'

/** The only period that Telegram knows (Bot API createInvoiceLink, subscription_period). */
const SUBSCRIPTION_PERIOD_SECONDS = 2_592_000
const MS = 1_000

/** Stars that were paid, as Telegram told it (Bot API SuccessfulPayment) or lists it. */
export interface Payment {
  /** telegram_payment_charge_id */
  chargeId: string
  payload: string
  telegramId: string
  currency: string
  totalAmount: number
  /** One month of a subscription. */
  recurring: boolean
  firstRecurring: boolean
  /** subscription_expiration_date; null where Telegram does not say it. */
  expiresAt: Date | null
  source: 'update' | 'reconciled'
  /** Null: now. */
  paidAt?: Date | null
}

/** `parked`: it fits no order, an operator has to look; nobody got credits. */
export type BookedPayment = 'booked' | 'known' | 'parked'

type Deed =
  | { outcome: 'booked'; userId: string }
  | { outcome: 'known' }
  | { outcome: 'parked'; kind: DifferenceKind; isNews: boolean }

/** Books it once. An order that has expired or was paid before brings its credits too: the Stars are gone. */
export async function bookPayment(deps: PaymentsDeps, payment: Payment): Promise<BookedPayment> {
  const deed = await inTransaction(deps.db, (tx) => book(deps, tx, payment))
  deps.measure(deed.outcome)
  if (deed.outcome === 'booked') deps.changed(deed.userId)
  if (deed.outcome === 'parked' && deed.isNews) {
    deps.log.warn('payments.parked', { reason: deed.kind, rowId: payment.chargeId })
  }
  return deed.outcome
}

async function book(deps: PaymentsDeps, tx: Tx, payment: Payment): Promise<Deed> {
  await lockCharge(tx, payment.chargeId)
  if (await findCharge(tx, payment.chargeId)) return { outcome: 'known' }
  const asRead = await findOrder(tx, payment.payload)
  const user = asRead && (await lockUser(tx, asRead.userId))
  // Until the lock a merge or an undo may have given the order to somebody else.
  const order = user && (await findOrder(tx, payment.payload))
  if (user && order?.userId !== user.id) throw new ChangedMeanwhileError('an order changed hands meanwhile')
  const wrong = whatIsWrong(asRead, payment) ?? (order ? null : 'user_gone')
  if (wrong || !order) return park(tx, payment, wrong ?? 'unknown_order')
  const renewal = order.kind === 'subscription' && (await isRenewal(tx, order, payment))
  const { chargeId, source, paidAt = null } = payment
  await insertCharge(tx, { id: chargeId, order, source, renewal, paidAt })
  await markPaid(tx, order.payload)
  const toppedUp = await deps.ledger.bookTopUp(tx, {
    userId: order.userId,
    credits: order.credits,
    reason: order.kind === 'subscription' ? 'subscription' : 'purchase',
    businessKey: `charge:${chargeId}`,
  })
  if (await takeEarlyRefund(tx, chargeId)) {
    await markRefunded(tx, chargeId)
    await deps.ledger.clawBack(tx, {
      userId: order.userId,
      credits: order.credits,
      businessKey: `claw_back:${chargeId}`,
    })
    return { outcome: 'booked', userId: order.userId }
  }
  if (order.kind === 'subscription') {
    await extendSubscription(tx, { ...order, orderId: order.id, chargeId, expiresAt: endOf(payment) })
  }
  await deps.tell(tx, order, {
    key: 'payment_received',
    args: {
      kind: order.kind,
      renewal: renewal ? 1 : 0,
      stars: order.stars,
      ...order.credits,
      debtPaid: toppedUp.debtPaid.basic + toppedUp.debtPaid.pro + toppedUp.debtPaid.cassandra,
    },
  })
  return { outcome: 'booked', userId: order.userId }
}

type Tx = Parameters<PaymentsDeps['tell']>[0]

function whatIsWrong(order: Order | null, payment: Payment): DifferenceKind | null {
  if (!order) return 'unknown_order'
  if (payment.currency !== STARS_CURRENCY) return 'wrong_currency'
  if (payment.totalAmount !== order.stars) return 'wrong_sum'
  if (payment.telegramId !== order.telegramId) return 'wrong_person'
  return null
}

async function park(tx: Executor, payment: Payment, kind: DifferenceKind): Promise<Deed> {
  const { chargeId, telegramId, currency, totalAmount: stars } = payment
  const isNews = await insertDifference(tx, { kind, chargeId, detail: { telegramId, currency, stars } })
  // Its Stars went back before it was told: nobody has to look.
  if (await hasEarlyRefund(tx, chargeId)) await settleDifferencesOf(tx, [chargeId], PARKED_KINDS)
  return { outcome: 'parked', kind, isNews }
}

/** Telegram's list of transactions does not say which month it was. */
async function isRenewal(tx: Executor, order: Order, payment: Payment): Promise<boolean> {
  return payment.source === 'update' ? payment.recurring && !payment.firstRecurring : hasCharges(tx, order.id)
}

function endOf({ expiresAt, paidAt }: Payment): Date {
  return expiresAt ?? new Date((paidAt?.getTime() ?? Date.now()) + SUBSCRIPTION_PERIOD_SECONDS * MS)
}
