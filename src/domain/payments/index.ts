export type { BookedPayment, Payment } from './book-payment.ts'
export type { BookedRefund, Refund } from './book-refund.ts'
export type { RenewalChange } from './change-renewal.ts'
export type { CheckoutQuestion, CheckoutRefusal, OrderCheck } from './check-order.ts'
export { type Difference, listDifferences, openDifferences, settleDifference } from './difference-store.ts'
export { loadOffers } from './load-offers.ts'
export { paymentsPart } from './merge-payments-store.ts'
export type { SubscriptionNote } from './note-subscription.ts'
export type { Offer } from './offer.ts'
export { OffersFileError } from './offers-file-error.ts'
export type { OpenedOrder } from './open-order.ts'
export { expireOrders } from './order-store.ts'
export {
  createPayments,
  type PaymentLedger,
  type PaymentNotice,
  type PaymentOutcome,
  type Payments,
  type PaymentsDeps,
} from './payments.ts'
export { paymentsPersonalData } from './personal-payments-store.ts'
export type { Reconciled } from './reconcile.ts'
export { reconciledAt } from './reconciliation-store.ts'
export type { RefundAsked, RefundOutcome } from './refund-charge.ts'
export { releasePayments } from './release-payments.ts'
export { type Invoice, type StarGateway, StarGatewayError, type StarTransaction } from './star-gateway.ts'
export type { Subscription } from './subscription-store.ts'
