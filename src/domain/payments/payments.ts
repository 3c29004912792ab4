import type { Kysely, Transaction } from 'kysely'
import type { Credits } from '#contract/api'
import type { Log } from '#platform/log'
import type { Database, Executor } from '#platform/postgres'
import { type BookedPayment, bookPayment, type Payment } from './book-payment.ts'
import { type BookedRefund, bookRefund, type Refund } from './book-refund.ts'
import { cancelSubscription, type RenewalChange, resumeSubscription } from './change-renewal.ts'
import { type CheckoutQuestion, checkOrder, type OrderCheck } from './check-order.ts'
import { noteSubscription, type SubscriptionNote } from './note-subscription.ts'
import type { Offer } from './offer.ts'
import { type OpenedOrder, openOrder } from './open-order.ts'
import { type Reconciled, reconcile } from './reconcile.ts'
import { type RefundAsked, type RefundOutcome, refundCharge } from './refund-charge.ts'
import type { StarGateway } from './star-gateway.ts'
import { type Subscription, subscriptionOf } from './subscription-store.ts'

/** What a payment does to the books of credits; both write once for their key. */
export interface PaymentLedger {
  bookTopUp(
    tx: Transaction<Database>,
    topUp: { userId: string; credits: Partial<Credits>; reason: 'purchase' | 'subscription'; businessKey: string },
  ): Promise<{ available: Credits; debtPaid: Credits }>
  clawBack(
    tx: Transaction<Database>,
    claw: { userId: string; credits: Partial<Credits>; businessKey: string },
  ): Promise<{ taken: Credits; owed: Credits }>
}

/** A sentence of the product for the payer's chat. */
export interface PaymentNotice {
  key: 'payment_received' | 'payment_refunded' | 'subscription_failed'
  args: Record<string, string | number>
}

/** What becomes of what Telegram tells or lists about payments; for figures. */
export type PaymentOutcome = 'booked' | 'known' | 'parked' | 'refunded' | 'refund_known' | 'refund_early'

export interface PaymentsDeps {
  db: Kysely<Database>
  /** Connections that nothing else uses: a pre-checkout waits for nobody. */
  checkDb: Executor
  offers: readonly Offer[]
  gateway: StarGateway
  ledger: PaymentLedger
  /** Owes the payer's chat a sentence, in the transaction of the deed. The user is locked. */
  tell(tx: Transaction<Database>, to: { userId: string; telegramId: string }, notice: PaymentNotice): Promise<void>
  /** Credits of this user have changed, and it is committed. */
  changed(userId: string): void
  log: Log
  measure(outcome: PaymentOutcome): void
}

/** Orders, charges, subscriptions and the comparison with Telegram's own book. */
export interface Payments {
  offers: readonly Offer[]
  /** Makes an invoice of an offer for this user alone, or gives the one again that is still open. */
  openOrder(wish: { userId: string; offerId: string }): Promise<OpenedOrder>
  /** Whether this payment may be taken (Bot API pre_checkout_query). Reads alone, on connections of its own. */
  checkOrder(question: CheckoutQuestion): Promise<OrderCheck>
  /** Books a payment that was made (Bot API successful_payment): once for its charge id, however often it is told. */
  bookPayment(payment: Payment): Promise<BookedPayment>
  /** Books that Stars were given back (Bot API refunded_payment); before its payment too. */
  bookRefund(refund: Refund): Promise<BookedRefund>
  /** Writes down what Telegram tells of a subscription (Bot API update `subscription`). */
  noteSubscription(note: SubscriptionNote): Promise<void>
  /** The user's subscription that still gives something or failed lately; null without one. */
  subscriptionOf(userId: string): Promise<Subscription | null>
  /** No renewal after what is paid; may be repeated. */
  cancelSubscription(userId: string): Promise<RenewalChange>
  /** Allows it again; the payer turns it on in Telegram (Bot API editUserStarSubscription), whose note says when that is done. */
  resumeSubscription(userId: string): Promise<RenewalChange>
  /** An operator gives Stars back. May be repeated when Telegram was away. */
  refundCharge(asked: RefundAsked): Promise<RefundOutcome>
  /** Compares with Telegram's list of Star transactions and books what was missed. One process at a time. */
  reconcile(signal?: AbortSignal): Promise<Reconciled>
}

export function createPayments(deps: PaymentsDeps): Payments {
  return {
    offers: deps.offers,
    openOrder: (wish) => openOrder(deps, wish),
    checkOrder: (question) => checkOrder(deps.checkDb, question),
    bookPayment: (payment) => bookPayment(deps, payment),
    bookRefund: (refund) => bookRefund(deps, refund),
    noteSubscription: (note) => noteSubscription(deps, note),
    subscriptionOf: (userId) => subscriptionOf(deps.db, userId),
    cancelSubscription: (userId) => cancelSubscription(deps, userId),
    resumeSubscription: (userId) => resumeSubscription(deps, userId),
    refundCharge: (asked) => refundCharge(deps, asked),
    reconcile: (signal) => reconcile(deps, signal),
  }
}
