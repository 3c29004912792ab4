import { holdPayments, lockUser } from '#domain/identity'
import { ChangedMeanwhileError, type Executor, inTransaction } from '#platform/postgres'
import { type Charge, countUnasked, findCharge, insertEarlyRefund, lockCharge, markRefunded } from './charge-store.ts'
import { insertDifference, settleDifferencesOf } from './difference-store.ts'
import { PARKED_KINDS } from './parked-kinds.ts'
import type { PaymentsDeps } from './payments.ts'
import { endSubscriptionOf } from './subscription-store.ts'

/** After so many refunds that no operator asked for, within so many days, no payment is taken before somebody looked. */
const REFUNDS_UNASKED_MAX = 2
const REFUNDS_UNASKED_DAYS = 30

/** Stars that were given back, as Telegram told it (Bot API RefundedPayment) or lists it. */
export interface Refund {
  chargeId: string
  payload: string
  telegramId: string
  totalAmount: number
}

/** `early`: its payment is not known yet, and will bring nothing. `parked`: it does not fit its charge. */
export type BookedRefund = 'booked' | 'known' | 'early' | 'parked'

type Deed = { outcome: BookedRefund; userId?: string }

/** Takes back what the charge brought, once: what is there, and the rest is owed. */
export async function bookRefund(deps: PaymentsDeps, refund: Refund): Promise<BookedRefund> {
  const { outcome, userId } = await inTransaction(deps.db, (tx) => book(deps, tx, refund))
  deps.measure(OUTCOMES[outcome])
  if (userId !== undefined) deps.changed(userId)
  if (outcome === 'parked') deps.log.warn('payments.parked', { reason: 'wrong_refund', rowId: refund.chargeId })
  return outcome
}

const OUTCOMES = { booked: 'refunded', known: 'refund_known', early: 'refund_early', parked: 'parked' } as const

async function book(deps: PaymentsDeps, tx: Tx, refund: Refund): Promise<Deed> {
  await lockCharge(tx, refund.chargeId)
  const asRead = await findCharge(tx, refund.chargeId)
  if (!asRead) return bookEarly(tx, refund)
  if (asRead.refunded) return { outcome: 'known' }
  if (asRead.telegramId !== refund.telegramId || asRead.stars !== refund.totalAmount) return park(tx, refund)
  const user = await lockUser(tx, asRead.userId)
  // Until the lock a merge or an undo may have given the charge to somebody else.
  const charge = await findCharge(tx, refund.chargeId)
  if (!charge || (user && charge.userId !== user.id))
    throw new ChangedMeanwhileError('a charge changed hands meanwhile')
  await markRefunded(tx, charge.id)
  if (!user) return { outcome: 'booked' }
  const { taken, owed } = await deps.ledger.clawBack(tx, {
    userId: user.id,
    credits: charge.credits,
    businessKey: `claw_back:${charge.id}`,
  })
  await endSubscriptionOf(tx, charge.id)
  await lookForLoop(tx, charge)
  const sum = ({ basic, pro, cassandra }: typeof taken) => basic + pro + cassandra
  await deps.tell(tx, charge, {
    key: 'payment_refunded',
    args: { stars: charge.stars, ...charge.credits, taken: sum(taken), owed: sum(owed) },
  })
  return { outcome: 'booked', userId: user.id }
}

type Tx = Parameters<PaymentsDeps['tell']>[0]

/** A payment that was parked and is given back is no difference any more. */
async function bookEarly(tx: Executor, { chargeId }: Refund): Promise<Deed> {
  await settleDifferencesOf(tx, [chargeId], PARKED_KINDS)
  return { outcome: (await insertEarlyRefund(tx, chargeId)) ? 'early' : 'known' }
}

async function park(tx: Executor, { chargeId, telegramId, totalAmount: stars }: Refund): Promise<Deed> {
  await insertDifference(tx, { kind: 'wrong_refund', chargeId, detail: { telegramId, stars } })
  return { outcome: 'parked' }
}

async function lookForLoop(tx: Executor, { id, userId }: Charge): Promise<void> {
  const refunds = await countUnasked(tx, userId, REFUNDS_UNASKED_DAYS)
  if (refunds < REFUNDS_UNASKED_MAX) return
  await holdPayments(tx, userId)
  await insertDifference(tx, { kind: 'refund_loop', chargeId: id, detail: { userId, refunds } })
}
