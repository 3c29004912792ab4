import { mayPay } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import { findOrder } from './order-store.ts'
import { runningSubscription } from './subscription-store.ts'

/** The currency of Telegram Stars (Bot API, "Payments in Telegram Stars"). */
export const STARS_CURRENCY = 'XTR'

/** What Telegram asks before it takes Stars. */
export interface CheckoutQuestion {
  payload: string
  telegramId: string
  currency: string
  totalAmount: number
}

export type CheckoutRefusal =
  | 'unknown_order'
  | 'wrong_person'
  | 'wrong_sum'
  | 'order_paid'
  | 'order_expired'
  | 'payments_held'
  | 'already_subscribed'

export type OrderCheck = { ok: true } | { ok: false; reason: CheckoutRefusal }

/**
 * Whether this payment may be taken. Reads rows by their keys and takes no lock. A renewal is not asked for: a paid
 * order of a subscription is as closed as that of a pack.
 */
export async function checkOrder(db: Executor, question: CheckoutQuestion): Promise<OrderCheck> {
  const order = await findOrder(db, question.payload)
  if (!order) return no('unknown_order')
  if (order.telegramId !== question.telegramId) return no('wrong_person')
  if (question.currency !== STARS_CURRENCY || question.totalAmount !== order.stars) return no('wrong_sum')
  if (order.state === 'paid') return no('order_paid')
  if (order.state === 'cancelled' || order.expired) return no('order_expired')
  const payer = await mayPay(db, order.userId, order.telegramId)
  if (payer !== 'yes') return no(payer === 'held' ? 'payments_held' : 'wrong_person')
  if (order.kind === 'pack') return { ok: true }
  const running = await runningSubscription(db, order.userId)
  return running && running.state !== 'failed' ? no('already_subscribed') : { ok: true }
}

function no(reason: CheckoutRefusal): OrderCheck {
  return { ok: false, reason }
}
