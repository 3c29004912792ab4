import { sql } from 'kysely'
import type { Credits } from '#contract/api'
import type { Executor } from '#platform/postgres'
import type { Order } from './order-store.ts'

/** One payment, by Telegram's own id of it. */
export interface Charge {
  id: string
  userId: string
  telegramId: string
  stars: number
  /** What it brought. */
  credits: Credits
  refundAsked: boolean
  refunded: boolean
}

interface ChargeRow {
  id: string
  user_id: string
  telegram_id: string
  stars: number
  basic: number
  pro: number
  cassandra: number
  refund_asked: boolean
  refunded: boolean
}

/** Whoever books this charge or its refund does it alone until the transaction ends: both orders of the two meet. */
export async function lockCharge(tx: Executor, chargeId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`charge:${chargeId}`}, 0))`.execute(tx)
}

export async function findCharge(db: Executor, chargeId: string): Promise<Charge | null> {
  const { rows } = await sql<ChargeRow>`
    SELECT id, user_id, telegram_id, stars, basic, pro, cassandra, refund_asked_at IS NOT NULL AS refund_asked,
      refunded_at IS NOT NULL AS refunded
    FROM charges WHERE id = ${chargeId}
  `.execute(db)
  return rows[0] ? toCharge(rows[0]) : null
}

/** Whether the order was paid before, by another charge. */
export async function hasCharges(tx: Executor, orderId: string): Promise<boolean> {
  const { rows } = await sql<{ paid: boolean }>`
    SELECT EXISTS (SELECT FROM charges WHERE order_id = ${orderId}) AS paid
  `.execute(tx)
  return rows[0]?.paid ?? false
}

export interface NewCharge {
  id: string
  order: Order
  source: 'update' | 'reconciled'
  renewal: boolean
  paidAt: Date | null
}

export async function insertCharge(tx: Executor, { id, order, source, renewal, paidAt }: NewCharge): Promise<void> {
  const { basic, pro, cassandra } = order.credits
  await sql`
    INSERT INTO charges (id, user_id, order_id, telegram_id, stars, basic, pro, cassandra, source, renewal, paid_at)
    VALUES (${id}, ${order.userId}, ${order.id}, ${order.telegramId}, ${order.stars}, ${basic}, ${pro}, ${cassandra},
            ${source}, ${renewal}, coalesce(${paidAt}::timestamptz, clock_timestamp()))
  `.execute(tx)
}

/** An operator wants it given back: what follows is no charge-back of the payer's. */
export async function markRefundAsked(tx: Executor, chargeId: string, reason: string): Promise<void> {
  await sql`
    UPDATE charges SET refund_asked_at = coalesce(refund_asked_at, clock_timestamp()),
      refund_reason = coalesce(refund_reason, ${reason})
    WHERE id = ${chargeId}
  `.execute(tx)
}

export async function markRefunded(tx: Executor, chargeId: string): Promise<void> {
  await sql`
    UPDATE charges SET refunded_at = clock_timestamp() WHERE id = ${chargeId} AND refunded_at IS NULL
  `.execute(tx)
}

/** How many of the user's charges were given back in these days without an operator having asked for it. */
export async function countUnasked(tx: Executor, userId: string, days: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM charges
    WHERE user_id = ${userId} AND refund_asked_at IS NULL
      AND refunded_at > clock_timestamp() - make_interval(days => ${days}::integer)
  `.execute(tx)
  return rows[0]?.count ?? 0
}

/** Remembers a refund whose payment is not known yet; false when it is remembered already. */
export async function insertEarlyRefund(tx: Executor, chargeId: string): Promise<boolean> {
  const { rows } = await sql<{ charge_id: string }>`
    INSERT INTO early_refunds (charge_id) VALUES (${chargeId}) ON CONFLICT DO NOTHING RETURNING charge_id
  `.execute(tx)
  return rows.length > 0
}

/** Whether this was given back before anything else of it was known. */
export async function hasEarlyRefund(tx: Executor, chargeId: string): Promise<boolean> {
  const { rows } = await sql<{ given_back: boolean }>`
    SELECT EXISTS (SELECT FROM early_refunds WHERE charge_id = ${chargeId}) AS given_back
  `.execute(tx)
  return rows[0]?.given_back ?? false
}

/** Whether the refund of this charge came before it; it is forgotten with the answer. */
export async function takeEarlyRefund(tx: Executor, chargeId: string): Promise<boolean> {
  const { rows } = await sql<{ charge_id: string }>`
    DELETE FROM early_refunds WHERE charge_id = ${chargeId} RETURNING charge_id
  `.execute(tx)
  return rows.length > 0
}

function toCharge({ basic, pro, cassandra, ...row }: ChargeRow): Charge {
  return {
    id: row.id,
    userId: row.user_id,
    telegramId: row.telegram_id,
    stars: row.stars,
    credits: { basic, pro, cassandra },
    refundAsked: row.refund_asked,
    refunded: row.refunded,
  }
}
