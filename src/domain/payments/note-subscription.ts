import { lockUser } from '#domain/identity'
import { ChangedMeanwhileError, inTransaction } from '#platform/postgres'
import { findOrder } from './order-store.ts'
import type { PaymentsDeps } from './payments.ts'
import { type Subscription, setSubscriptionState } from './subscription-store.ts'

/** What Telegram tells of a subscription (Bot API update `subscription`). */
export interface SubscriptionNote {
  payload: string
  telegramId: string
  state: Exclude<Subscription['state'], 'reopened'>
}

/** The note of a stranger, or about nothing that is known here, changes nothing. */
export async function noteSubscription(deps: PaymentsDeps, { payload, telegramId, state }: SubscriptionNote) {
  const changed = await inTransaction(deps.db, async (tx) => {
    const asRead = await findOrder(tx, payload)
    if (!asRead || asRead.telegramId !== telegramId) return null
    const user = await lockUser(tx, asRead.userId)
    const order = user && (await findOrder(tx, payload))
    if (!user || !order) return null
    if (order.userId !== user.id) throw new ChangedMeanwhileError('an order changed hands meanwhile')
    if (!(await setSubscriptionState(tx, { userId: user.id, orderId: order.id, state }))) return null
    if (state === 'failed') await deps.tell(tx, order, { key: 'subscription_failed', args: { stars: order.stars } })
    return user.id
  })
  if (changed) deps.changed(changed)
}
