import { recordAudit } from '#domain/audit'
import { inTransaction } from '#platform/postgres'
import { bookRefund } from './book-refund.ts'
import { findCharge, lockCharge, markRefundAsked } from './charge-store.ts'
import { findParked } from './difference-store.ts'
import { PARKED_KINDS } from './parked-kinds.ts'
import type { PaymentsDeps } from './payments.ts'
import { StarGatewayError } from './star-gateway.ts'
import { isRenewedBy } from './subscription-store.ts'

export interface RefundAsked {
  chargeId: string
  /** The operator's own user id. */
  operatorId: string
  /** In the operator's words; kept with the charge. */
  reason: string
}

/** `refused`: Telegram surely did not; `telegram_away`: nobody knows, ask again. */
export type RefundOutcome = 'refunded' | 'known' | 'absent' | 'refused' | 'telegram_away'

/**
 * Gives the Stars of a charge back, also of one that could not be booked. That it was asked for is written down first,
 * so that Telegram's own note of it counts as ours whenever it comes. Whose month is given back is not charged the next.
 */
export async function refundCharge(deps: PaymentsDeps, asked: RefundAsked): Promise<RefundOutcome> {
  const paid = await inTransaction(deps.db, async (tx) => {
    await lockCharge(tx, asked.chargeId)
    const charge = await findCharge(tx, asked.chargeId)
    const found = charge ?? (await findParked(tx, asked.chargeId, PARKED_KINDS))
    if (!found) return 'absent'
    if (charge?.refunded) return 'known'
    await markRefundAsked(tx, asked.chargeId, asked.reason)
    const details = { chargeId: asked.chargeId, stars: found.stars }
    await recordAudit(tx, { kind: 'payment_refund_asked', userId: asked.operatorId, details })
    return found
  })
  if (typeof paid === 'string') return paid
  const { chargeId } = asked
  const { telegramId, stars } = paid
  try {
    await stopRenewal(deps, { telegramId, chargeId })
    await deps.gateway.refund({ telegramId, chargeId })
  } catch (error) {
    if (!(error instanceof StarGatewayError)) throw error
    deps.log.warn('payments.not_refunded', { rowId: chargeId, error })
    return error.kind === 'away' ? 'telegram_away' : 'refused'
  }
  await bookRefund(deps, { chargeId, payload: '', telegramId, totalAmount: stars })
  return 'refunded'
}

/** That Telegram does not stop it, as it has ended or was stopped there, does not keep the Stars from going back. */
async function stopRenewal({ db, gateway, log }: PaymentsDeps, charge: { telegramId: string; chargeId: string }) {
  if (!(await isRenewedBy(db, charge.chargeId))) return
  try {
    await gateway.setRenewal({ ...charge, renews: false })
  } catch (error) {
    if (!(error instanceof StarGatewayError) || error.kind === 'away') throw error
    log.warn('payments.renewal_not_changed', { rowId: charge.chargeId, error })
  }
}
