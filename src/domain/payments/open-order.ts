import type { Locale } from '#contract/words'
import { lockUser, messengerOf, paymentsHeld } from '#domain/identity'
import { newId, randomToken } from '#platform/ids'
import { type Executor, inTransaction } from '#platform/postgres'
import type { Offer } from './offer.ts'
import { cancelOldOrders, findSameOrder, insertOrder, keepInvoiceUrl } from './order-store.ts'
import type { PaymentsDeps } from './payments.ts'
import { StarGatewayError } from './star-gateway.ts'
import { runningSubscription } from './subscription-store.ts'

const ORDER_TTL_SECONDS = 86_400
/** An order that nobody can pay any more when the sheet opens is not given again. */
const ORDER_AGAIN_SECONDS_LEFT = 3_600
const ORDERS_OPEN_MAX = 10
const PAYLOAD_BYTES = 24

export type OpenedOrder =
  | { orderId: string; invoiceUrl: string }
  | {
      refused:
        | 'unknown_offer'
        | 'telegram_required'
        | 'payments_held'
        | 'already_subscribed'
        /** It may be asked again; nothing is lost. */
        | 'telegram_away'
    }

type Refused = Extract<OpenedOrder, { refused: string }>

/** The row first, then the invoice: what Telegram shows is always known here. */
export async function openOrder(
  { db, offers, gateway, log }: PaymentsDeps,
  { userId, offerId }: { userId: string; offerId: string },
): Promise<OpenedOrder> {
  const offer = offers.find(({ id }) => id === offerId)
  if (!offer) return { refused: 'unknown_offer' }
  const order = await inTransaction(db, (tx) => writeOrder(tx, userId, offer))
  if ('refused' in order) return order
  if (order.invoiceUrl !== null) return { orderId: order.id, invoiceUrl: order.invoiceUrl }
  try {
    const invoiceUrl = await gateway.createInvoiceLink({
      title: offer.title[order.locale],
      description: offer.description[order.locale],
      payload: order.payload,
      stars: offer.stars,
      monthly: offer.kind === 'subscription',
    })
    await keepInvoiceUrl(db, order.payload, invoiceUrl)
    return { orderId: order.id, invoiceUrl }
  } catch (error) {
    if (!(error instanceof StarGatewayError)) throw error
    log.warn('payments.no_invoice', { orderId: order.id, error })
    return { refused: 'telegram_away' }
  }
}

async function writeOrder(
  tx: Executor,
  userId: string,
  offer: Offer,
): Promise<Refused | { id: string; payload: string; invoiceUrl: string | null; locale: Locale }> {
  const user = await lockUser(tx, userId)
  const telegram = user && (await messengerOf(tx, user.id, 'telegram'))
  if (!user || !telegram) return { refused: 'telegram_required' }
  if (await paymentsHeld(tx, user.id)) return { refused: 'payments_held' }
  if (offer.kind === 'subscription') {
    const running = await runningSubscription(tx, user.id)
    if (running && running.state !== 'failed') return { refused: 'already_subscribed' }
  }
  const wanted = { userId: user.id, telegramId: telegram.externalId, offer }
  const same = await findSameOrder(tx, { ...wanted, secondsLeft: ORDER_AGAIN_SECONDS_LEFT })
  if (same) return { ...same, locale: user.locale }
  const made = { id: newId(), payload: randomToken(PAYLOAD_BYTES) }
  await insertOrder(tx, { ...made, ...wanted, ttlSeconds: ORDER_TTL_SECONDS })
  await cancelOldOrders(tx, user.id, ORDERS_OPEN_MAX)
  return { ...made, invoiceUrl: null, locale: user.locale }
}
