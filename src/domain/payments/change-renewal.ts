import { lockUser } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import type { PaymentsDeps } from './payments.ts'
import { StarGatewayError } from './star-gateway.ts'
import { reopenRenewal, runningSubscription, setSubscriptionState } from './subscription-store.ts'

/** `refused`: Telegram surely did not; `telegram_away`: ask again. */
export type RenewalChange = 'changed' | 'absent' | 'refused' | 'telegram_away'

/** No renewal after what is paid. */
export function cancelSubscription(deps: PaymentsDeps, userId: string): Promise<RenewalChange> {
  return change(deps, userId, 'stop')
}

/**
 * The same taken back, as long as what is paid lasts. Telegram lets the payer take it up again (Bot API
 * editUserStarSubscription) and tells when that is done; until then nothing says that it renews.
 */
export function resumeSubscription(deps: PaymentsDeps, userId: string): Promise<RenewalChange> {
  return change(deps, userId, 'reopen')
}

/** Telegram first: a row that says what Telegram does not do would cost somebody Stars. */
async function change(deps: PaymentsDeps, userId: string, deed: 'stop' | 'reopen'): Promise<RenewalChange> {
  const running = await runningSubscription(deps.db, userId)
  if (!running || running.state === 'failed') return 'absent'
  const { telegramId, lastChargeId: chargeId, orderId } = running
  try {
    await deps.gateway.setRenewal({ telegramId, chargeId, renews: deed === 'reopen' })
  } catch (error) {
    if (!(error instanceof StarGatewayError)) throw error
    deps.log.warn('payments.renewal_not_changed', { orderId, error })
    return error.kind === 'away' ? 'telegram_away' : 'refused'
  }
  await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, running.userId)
    if (!user) return
    if (deed === 'reopen') await reopenRenewal(tx, user.id, orderId)
    else await setSubscriptionState(tx, { userId: user.id, orderId, state: 'canceled' })
  })
  return 'changed'
}
