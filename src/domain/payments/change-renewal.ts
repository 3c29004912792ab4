import { lockUser } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import type { PaymentsDeps } from './payments.ts'
import { StarGatewayError } from './star-gateway.ts'
import { runningSubscription, setSubscriptionState } from './subscription-store.ts'

/** `refused`: Telegram surely did not; `telegram_away`: ask again. */
export type RenewalChange = 'changed' | 'absent' | 'refused' | 'telegram_away'

/** No renewal after what is paid. */
export function cancelSubscription(deps: PaymentsDeps, userId: string): Promise<RenewalChange> {
  return change(deps, userId, 'canceled')
}

/** The same taken back, as long as what is paid lasts. */
export function resumeSubscription(deps: PaymentsDeps, userId: string): Promise<RenewalChange> {
  return change(deps, userId, 'active')
}

/** Telegram first: a row that says what Telegram does not do would cost somebody Stars. */
async function change(deps: PaymentsDeps, userId: string, state: 'canceled' | 'active'): Promise<RenewalChange> {
  const running = await runningSubscription(deps.db, userId)
  if (!running || running.state === 'failed') return 'absent'
  const { telegramId, lastChargeId: chargeId, orderId } = running
  try {
    await deps.gateway.setRenewal({ telegramId, chargeId, renews: state === 'active' })
  } catch (error) {
    if (!(error instanceof StarGatewayError)) throw error
    deps.log.warn('payments.renewal_not_changed', { orderId, error })
    return error.kind === 'away' ? 'telegram_away' : 'refused'
  }
  await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, running.userId)
    if (user) await setSubscriptionState(tx, { userId: user.id, orderId, state })
  })
  return 'changed'
}
