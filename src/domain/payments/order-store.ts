import { sql } from 'kysely'
import type { Credits } from '#contract/api'
import type { Executor } from '#platform/postgres'
import type { Offer } from './offer.ts'

/** An invoice made for one user and one Telegram; price and credits are those of the moment in which it was made. */
export interface Order {
  id: string
  userId: string
  payload: string
  telegramId: string
  offerId: string
  kind: Offer['kind']
  stars: number
  credits: Credits
  state: 'open' | 'paid' | 'cancelled'
  expired: boolean
  invoiceUrl: string | null
}

interface OrderRow {
  id: string
  user_id: string
  payload: string
  telegram_id: string
  offer_id: string
  kind: Offer['kind']
  stars: number
  basic: number
  pro: number
  cassandra: number
  state: Order['state']
  expired: boolean
  invoice_url: string | null
}

const COLUMNS = sql`id, user_id, payload, telegram_id, offer_id, kind, stars, basic, pro, cassandra, state,
  expires_at <= clock_timestamp() AS expired, invoice_url`

export async function findOrder(db: Executor, payload: string): Promise<Order | null> {
  const { rows } = await sql<OrderRow>`SELECT ${COLUMNS} FROM orders WHERE payload = ${payload}`.execute(db)
  return rows[0] ? toOrder(rows[0]) : null
}

/** An open order of the same offer at the same price that can be paid for `secondsLeft` more; the latest. */
export async function findSameOrder(
  tx: Executor,
  { userId, telegramId, offer, secondsLeft }: { userId: string; telegramId: string; offer: Offer; secondsLeft: number },
): Promise<Order | null> {
  const { basic = 0, pro = 0, cassandra = 0 } = offer.credits
  const { rows } = await sql<OrderRow>`
    SELECT ${COLUMNS} FROM orders
    WHERE user_id = ${userId} AND state = 'open' AND telegram_id = ${telegramId} AND offer_id = ${offer.id}
      AND kind = ${offer.kind} AND stars = ${offer.stars}
      AND basic = ${basic} AND pro = ${pro} AND cassandra = ${cassandra}
      AND expires_at > clock_timestamp() + make_interval(secs => ${secondsLeft}::integer)
    ORDER BY created_at DESC LIMIT 1
  `.execute(tx)
  return rows[0] ? toOrder(rows[0]) : null
}

export async function insertOrder(
  tx: Executor,
  order: { id: string; userId: string; payload: string; telegramId: string; offer: Offer; ttlSeconds: number },
): Promise<void> {
  const { id, kind, stars, credits } = order.offer
  await sql`
    INSERT INTO orders (user_id, id, payload, telegram_id, offer_id, kind, stars, basic, pro, cassandra, expires_at)
    VALUES (${order.userId}, ${order.id}, ${order.payload}, ${order.telegramId}, ${id}, ${kind}, ${stars},
            ${credits.basic ?? 0}, ${credits.pro ?? 0}, ${credits.cassandra ?? 0},
            clock_timestamp() + make_interval(secs => ${order.ttlSeconds}::integer))
  `.execute(tx)
}

/** Of the user's open orders only the `keep` newest stay open. */
export async function cancelOldOrders(tx: Executor, userId: string, keep: number): Promise<void> {
  await sql`
    UPDATE orders SET state = 'cancelled' WHERE user_id = ${userId} AND id IN (
      SELECT id FROM orders WHERE user_id = ${userId} AND state = 'open' ORDER BY created_at DESC, id DESC OFFSET ${keep})
  `.execute(tx)
}

export async function keepInvoiceUrl(db: Executor, payload: string, invoiceUrl: string): Promise<void> {
  await sql`UPDATE orders SET invoice_url = ${invoiceUrl} WHERE payload = ${payload}`.execute(db)
}

export async function markPaid(tx: Executor, payload: string): Promise<void> {
  await sql`UPDATE orders SET state = 'paid' WHERE payload = ${payload} AND state <> 'paid'`.execute(tx)
}

/** Open orders whose time is over are closed. A payment that comes for one all the same is booked. */
export async function expireOrders(db: Executor): Promise<void> {
  await sql`
    UPDATE orders SET state = 'cancelled' WHERE state = 'open' AND expires_at <= clock_timestamp()
  `.execute(db)
}

function toOrder({ basic, pro, cassandra, ...row }: OrderRow): Order {
  return {
    id: row.id,
    userId: row.user_id,
    payload: row.payload,
    telegramId: row.telegram_id,
    offerId: row.offer_id,
    kind: row.kind,
    stars: row.stars,
    credits: { basic, pro, cassandra },
    state: row.state,
    expired: row.expired,
    invoiceUrl: row.invoice_url,
  }
}
