import type { Charge, Subscription } from '../payments.ts'
import { asUser } from '../person.ts'
import { badRequest } from '../refusal.ts'
import type { World } from '../world.ts'
import { charge } from './pay-invoice.ts'

export type SubscriptionState = 'canceled' | 'active' | 'failed'

/** The month is over and Telegram charges again. */
export function renewSubscription(world: World, chargeId: string): Charge {
  const subscription = subscriptionOf(world, chargeId)
  if (!subscription.renewing) throw badRequest('SUBSCRIPTION_NOT_ACTIVE')
  return charge(world, subscription.person, subscription.invoice, subscription.id)
}

/** The person cancels, takes it up again, or runs out of Stars; the bot learns by `subscription` (Bot API 10.2). */
export function changeSubscription(world: World, chargeId: string, state: SubscriptionState) {
  const subscription = subscriptionOf(world, chargeId)
  if (state === 'active' && subscription.stopped) throw badRequest('SUBSCRIPTION_STOPPED_BY_BOT')
  subscription.renewing = state === 'active'
  const { person, invoice } = subscription
  world.updates.push({ subscription: { user: asUser(person), invoice_payload: invoice.payload, state } }, person.id)
}

/** The subscription any of whose charges this is. */
export function subscriptionOf(world: World, chargeId: string): Subscription {
  const id = world.payments.charges.get(chargeId)?.subscription?.id
  const subscription = id === undefined ? undefined : world.payments.subscriptions.get(id)
  if (!subscription) throw badRequest('CHARGE_ID_INVALID')
  return subscription
}
