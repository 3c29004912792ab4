import { inTransaction } from '#platform/postgres'
import { bookPayment } from './book-payment.ts'
import { bookRefund } from './book-refund.ts'
import { STARS_CURRENCY } from './check-order.ts'
import { insertDifference, settleDifferencesOf } from './difference-store.ts'
import type { PaymentsDeps } from './payments.ts'
import {
  claimReconciliation,
  endReconciliation,
  keepCompared,
  knownCharges,
  markListed,
  unlistedCharges,
} from './reconciliation-store.ts'
import type { StarTransaction } from './star-gateway.ts'

/** Bot API getStarTransactions: limit 1-100. */
const PAGE = 100
/** The rest is for the next round. */
const PAGES_MAX = 1_000
/** Whoever says nothing for so long has died. */
const CLAIM_SECONDS = 300
/** What Telegram told and does not list after this time is a difference. */
const LISTED_AFTER_SECONDS = 3_600
const UNLISTED_MAX = 1_000

/** `busy`: another process is at it. */
export type Reconciled = { compared: number; booked: number; refunded: number; parked: number } | 'busy'

type Figures = Exclude<Reconciled, 'busy'>

/** Page by page from where it ended last, and one page before that. @throws StarGatewayError; what was booked stays */
export async function reconcile(deps: PaymentsDeps, signal?: AbortSignal): Promise<Reconciled> {
  const before = await claimReconciliation(deps.db, CLAIM_SECONDS)
  if (before === null) return 'busy'
  const figures: Figures = { compared: 0, booked: 0, refunded: 0, parked: 0 }
  let whole = false
  try {
    whole = await comparePages(deps, before, figures, signal)
    if (whole) await reportUnlisted(deps)
  } finally {
    await endReconciliation(deps.db, whole)
  }
  const { compared: count, booked, refunded, parked } = figures
  if (booked + refunded + parked > 0) deps.log.warn('payments.reconciled', { count, outcome: 'differed' })
  else deps.log.info('payments.reconciled', { count, outcome: 'same' })
  return figures
}

/**
 * Whether it came to the end of the list: only an empty page is that, as a page may have less than was asked for. A list
 * that is shorter than it was is another one: it is read from its start.
 */
async function comparePages(
  deps: PaymentsDeps,
  before: number,
  figures: Figures,
  signal?: AbortSignal,
): Promise<boolean> {
  let offset = Math.max(0, before - PAGE)
  let fromStart = offset === 0
  for (let page = 0; page < PAGES_MAX && !signal?.aborted; page += 1) {
    const listed = await deps.gateway.transactions({ offset, limit: PAGE }, signal)
    if (listed.length > 0) {
      await comparePage(deps, listed, figures)
      offset += listed.length
      figures.compared += listed.length
    } else if (offset >= before || fromStart) {
      return true
    } else {
      offset = 0
      fromStart = true
    }
    await keepCompared(deps.db, offset, CLAIM_SECONDS)
  }
  return false
}

async function comparePage(deps: PaymentsDeps, listed: readonly StarTransaction[], figures: Figures): Promise<void> {
  const ours = listed.filter(({ invoice }) => invoice !== null)
  const known = await knownCharges(
    deps.db,
    ours.map(({ id }) => id),
  )
  for (const transaction of ours) {
    const here = known.get(transaction.id)
    if (here && here.stars !== transaction.stars) await reportOtherSum(deps, transaction, here.stars)
    if (transaction.direction === 'in' && !here) await bookMissed(deps, transaction, figures)
    if (transaction.direction === 'out' && !here?.refunded) await bookMissedRefund(deps, transaction, figures)
  }
  const idsOf = (direction: 'in' | 'out') => ours.filter((each) => each.direction === direction).map(({ id }) => id)
  const [paid, refunded] = [idsOf('in'), idsOf('out')]
  await inTransaction(deps.db, async (tx) => {
    await markListed(tx, { paid, refunded })
    await settleDifferencesOf(tx, paid, ['unlisted_payment'])
    await settleDifferencesOf(tx, refunded, ['unlisted_refund'])
  })
}

async function bookMissed(deps: PaymentsDeps, { id, stars, at, invoice }: StarTransaction, figures: Figures) {
  if (!invoice) return
  const booked = await bookPayment(deps, {
    ...invoice,
    chargeId: id,
    currency: STARS_CURRENCY,
    totalAmount: stars,
    recurring: false,
    firstRecurring: false,
    expiresAt: null,
    source: 'reconciled',
    paidAt: at,
  })
  if (booked !== 'known') figures[booked] += 1
}

async function bookMissedRefund(deps: PaymentsDeps, { id, stars, invoice }: StarTransaction, figures: Figures) {
  if (!invoice) return
  const booked = await bookRefund(deps, { ...invoice, chargeId: id, totalAmount: stars })
  if (booked === 'booked') figures.refunded += 1
  if (booked === 'parked') figures.parked += 1
}

async function reportOtherSum(deps: PaymentsDeps, { id: chargeId, stars: listed }: StarTransaction, stars: number) {
  await inTransaction(deps.db, (tx) => insertDifference(tx, { kind: 'other_sum', chargeId, detail: { stars, listed } }))
}

/** Whatever was told here and is not in the list: perhaps nobody paid it. */
async function reportUnlisted(deps: PaymentsDeps): Promise<void> {
  const unlisted = await unlistedCharges(deps.db, { olderThanSeconds: LISTED_AFTER_SECONDS, limit: UNLISTED_MAX })
  for (const { id, stars, kind } of unlisted) {
    const isNews = await inTransaction(deps.db, (tx) => insertDifference(tx, { kind, chargeId: id, detail: { stars } }))
    if (isNews) deps.log.error('payments.unlisted', { reason: kind, rowId: id })
  }
}
