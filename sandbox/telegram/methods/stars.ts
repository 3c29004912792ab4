import { refundCharge } from '../deeds/refund-charge.ts'
import { subscriptionOf } from '../deeds/renew-subscription.ts'
import { flag, integer, text } from '../params.ts'
import type { StarTransaction } from '../payments.ts'
import { asUser } from '../person.ts'
import { badRequest } from '../refusal.ts'
import type { Method } from './method.ts'

const TRANSACTIONS_PAGE_MAX = 100

/** Bot API refundStarPayment. */
export const refundStarPayment: Method = (world, params) => {
  const personId = integer(params, 'user_id')
  if (personId === undefined) throw badRequest('user not found')
  refundCharge(world, text(params, 'telegram_payment_charge_id') ?? '', personId)
  return true
}

/** Bot API getStarTransactions: oldest first; a refund keeps the id of the charge it gives back. */
export const getStarTransactions: Method = (world, params) => {
  const offset = integer(params, 'offset') ?? 0
  const limit = Math.min(Math.max(integer(params, 'limit') ?? TRANSACTIONS_PAGE_MAX, 1), TRANSACTIONS_PAGE_MAX)
  return { transactions: world.payments.transactions.slice(offset, offset + limit).map(asTransaction) }
}

/** Bot API editUserStarSubscription: the bot stops the renewals, or allows the person to take them up again. */
export const editUserStarSubscription: Method = (world, params) => {
  const subscription = subscriptionOf(world, text(params, 'telegram_payment_charge_id') ?? '')
  if (subscription.person.id !== integer(params, 'user_id')) throw badRequest('CHARGE_ID_INVALID')
  subscription.stopped = flag(params, 'is_canceled') ?? false
  if (subscription.stopped) subscription.renewing = false
  return true
}

function asTransaction({ direction, charge, atSeconds }: StarTransaction) {
  const partner = {
    type: 'user',
    transaction_type: 'invoice_payment',
    user: asUser(charge.person),
    invoice_payload: charge.invoice.payload,
    ...(charge.invoice.subscriptionPeriodSeconds
      ? { subscription_period: charge.invoice.subscriptionPeriodSeconds }
      : {}),
  }
  const side = direction === 'in' ? { source: partner } : { receiver: partner }
  return { id: charge.id, amount: charge.invoice.stars, date: atSeconds, ...side }
}
