import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'

/**
 * Whether a living user, whose Telegram this still is, may pay: `held` until an operator has looked. Nothing is sold to
 * somebody who said to be under 18.
 */
export async function mayPay(db: Executor, userId: string, telegramId: string): Promise<'yes' | 'held' | 'stranger'> {
  const { rows } = await sql<{ held: boolean }>`
    SELECT u.payments_held_at IS NOT NULL OR u.minor_locked_at IS NOT NULL AS held
    FROM identities i JOIN users u ON u.id = i.user_id AND u.merged_into IS NULL
    WHERE i.provider = 'telegram' AND i.external_id = ${telegramId} AND i.user_id = ${userId}
  `.execute(db)
  const row = rows[0]
  if (!row) return 'stranger'
  return row.held ? 'held' : 'yes'
}

export async function paymentsHeld(db: Executor, userId: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    SELECT payments_held_at IS NOT NULL OR minor_locked_at IS NOT NULL AS held FROM users WHERE id = ${userId}
  `.execute(db)
  return rows[0]?.held ?? false
}

/** No payment is taken from this user until an operator has looked. The caller holds the user's row lock. */
export async function holdPayments(tx: Executor, userId: string): Promise<void> {
  await sql`
    UPDATE users SET payments_held_at = coalesce(payments_held_at, clock_timestamp()) WHERE id = ${userId}
  `.execute(tx)
}

/** Payments are taken again. The caller holds the user's row lock. */
export async function unholdPayments(tx: Executor, userId: string): Promise<void> {
  await sql`UPDATE users SET payments_held_at = NULL WHERE id = ${userId}`.execute(tx)
}
