import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/** The payment of the next month may come a little late. */
const ACTIVE_GRACE_HOURS = 24
/** So long it is shown that a month could not be paid. */
const FAILED_SHOWN_HOURS = 168

/** A monthly subscription as its owner sees it. */
export interface Subscription {
  offerId: string
  /**
   * `canceled`: it gives until `expiresAt` and is not renewed; `reopened`: stopped here and allowed again, Telegram has
   * not said yet whether it goes on; `failed`: the next month could not be paid.
   */
  state: 'active' | 'canceled' | 'reopened' | 'failed'
  /** ISO 8601. */
  expiresAt: string
  stars: number
}

/** With what is needed to change it at Telegram. */
export interface RunningSubscription extends Subscription {
  userId: string
  orderId: string
  telegramId: string
  lastChargeId: string
}

interface SubscriptionRow {
  user_id: string
  order_id: string
  offer_id: string
  state: Subscription['state']
  expires_at: Date
  stars: number
  telegram_id: string
  last_charge_id: string
}

/** The user's subscription that still gives something or failed lately; null without one. */
export async function subscriptionOf(db: Executor, userId: string): Promise<Subscription | null> {
  const found = await runningSubscription(db, userId)
  if (!found) return null
  const { offerId, state, expiresAt, stars } = found
  return { offerId, state, expiresAt, stars }
}

/** Of several the one that may be charged again, so that each can be stopped; of those the one that lasts longest. */
export async function runningSubscription(db: Executor, userId: string): Promise<RunningSubscription | null> {
  const { rows } = await sql<SubscriptionRow>`
    SELECT s.user_id, s.order_id, o.offer_id, s.state, s.expires_at, o.stars, o.telegram_id, s.last_charge_id
    FROM subscriptions s JOIN orders o ON o.user_id = s.user_id AND o.id = s.order_id
    WHERE s.user_id = ${userId} AND s.expires_at > clock_timestamp() - CASE s.state
      WHEN 'active' THEN make_interval(hours => ${ACTIVE_GRACE_HOURS}::integer)
      WHEN 'reopened' THEN make_interval(hours => ${ACTIVE_GRACE_HOURS}::integer)
      WHEN 'failed' THEN make_interval(hours => ${FAILED_SHOWN_HOURS}::integer)
      ELSE interval '0' END
    ORDER BY s.state = 'failed', s.state = 'canceled', s.expires_at DESC LIMIT 1
  `.execute(db)
  const row = rows[0]
  if (!row) return null
  return {
    userId: row.user_id,
    orderId: row.order_id,
    offerId: row.offer_id,
    state: row.state,
    expiresAt: row.expires_at.toISOString(),
    stars: row.stars,
    telegramId: row.telegram_id,
    lastChargeId: row.last_charge_id,
  }
}

/** A month is paid. An older payment that comes late moves nothing back. */
export async function extendSubscription(
  tx: Executor,
  paid: { userId: string; orderId: string; chargeId: string; expiresAt: Date },
): Promise<void> {
  await sql`
    INSERT INTO subscriptions AS s (user_id, order_id, state, expires_at, last_charge_id)
    VALUES (${paid.userId}, ${paid.orderId}, 'active', ${paid.expiresAt}, ${paid.chargeId})
    ON CONFLICT (user_id, order_id) DO UPDATE SET state = 'active', expires_at = excluded.expires_at,
      last_charge_id = excluded.last_charge_id, updated_at = clock_timestamp()
    WHERE s.expires_at < excluded.expires_at
  `.execute(tx)
}

/** Whether there is such a subscription and this is news. */
export async function setSubscriptionState(
  tx: Executor,
  { userId, orderId, state }: { userId: string; orderId: string; state: Subscription['state'] },
): Promise<boolean> {
  const { rows } = await sql<{ order_id: string }>`
    UPDATE subscriptions SET state = ${state}, updated_at = clock_timestamp()
    WHERE user_id = ${userId} AND order_id = ${orderId} AND state <> ${state} RETURNING order_id
  `.execute(tx)
  return rows.length > 0
}

/** Only what is stopped can be allowed again: Telegram's own word may have come first. */
export async function reopenRenewal(tx: Executor, userId: string, orderId: string): Promise<void> {
  await sql`
    UPDATE subscriptions SET state = 'reopened', updated_at = clock_timestamp()
    WHERE user_id = ${userId} AND order_id = ${orderId} AND state = 'canceled'
  `.execute(tx)
}

/**
 * Whether this charge paid for the present month of a subscription that may be charged again. After an undo the two may
 * be different people's.
 */
export async function isRenewedBy(db: Executor, chargeId: string): Promise<boolean> {
  const { rows } = await sql<{ renewed: boolean }>`
    SELECT EXISTS (
      SELECT FROM subscriptions WHERE last_charge_id = ${chargeId} AND state <> 'canceled'
    ) AS renewed
  `.execute(db)
  return rows[0]?.renewed ?? false
}

/** The month that this charge paid for was given back: it ends now, whoever has it after an undo. */
export async function endSubscriptionOf(tx: Executor, chargeId: string): Promise<void> {
  await sql`
    UPDATE subscriptions SET state = 'canceled', expires_at = least(expires_at, clock_timestamp()),
      updated_at = clock_timestamp()
    WHERE last_charge_id = ${chargeId}
  `.execute(tx)
}
