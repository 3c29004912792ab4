import { sql } from 'kysely'
import type { CreditType } from '#contract/words'
import type { Executor } from '#platform/postgres'

/** A turn and what it costs. `round` counts how often its price was held: a retried turn holds it again. */
export interface PricedTurn {
  id: string
  userId: string
  round: number
  priceType: CreditType | null
  priceAmount: number
}

/** Less than the price of this many replies is low. */
const LOW_REPLIES = 3

export interface LowBalance {
  type: CreditType
  /** Credits that are available. */
  left: number
}

interface Move {
  from: 'available' | 'held' | 'house'
  to: 'available' | 'held' | 'house'
  reason: 'capture' | 'release' | 'refund'
  businessKey: string
}

/** Why a price could not be set aside: too little is there or something is owed, or the person's own cap of the day. */
export type HoldRefusal = 'insufficient_credits' | 'daily_cap'

/** Sets the price aside; a refusal, and nothing changed, or null when it is held. The caller holds the user's row lock. */
export async function holdCredits(tx: Executor, turn: PricedTurn): Promise<HoldRefusal | null> {
  const { rows } = await sql<{ refusal: HoldRefusal | null }>`
    SELECT hold_credits_of(${turn.userId}, ${turn.id}, ${turn.round}, ${turn.priceType}, ${turn.priceAmount}) AS refusal
  `.execute(tx)
  return rows[0]?.refusal ?? null
}

/**
 * The reply is written: what was held is paid. Gives what is left when that is less than a few more replies for the first
 * time since credits came, else null; the person is told of it now.
 */
export async function captureHold(tx: Executor, turn: PricedTurn): Promise<LowBalance | null> {
  const moved = await move(tx, turn, { from: 'held', to: 'house', reason: 'capture', businessKey: settleKey(turn) })
  if (!moved || moved.lowTold || turn.priceType === null || moved.available >= turn.priceAmount * LOW_REPLIES)
    return null
  await sql`
    UPDATE credit_balances SET low_told = true WHERE user_id = ${turn.userId} AND type = ${turn.priceType}
  `.execute(tx)
  return { type: turn.priceType, left: moved.available }
}

/** Nothing was given for it: what was held is available again. */
export async function releaseHold(tx: Executor, turn: PricedTurn): Promise<void> {
  await move(tx, turn, { from: 'held', to: 'available', reason: 'release', businessKey: settleKey(turn) })
}

/** Gives a captured price back, once, by an entry of its own. */
export async function refundTurn(tx: Executor, turn: PricedTurn): Promise<void> {
  await move(tx, turn, { from: 'house', to: 'available', reason: 'refund', businessKey: `refund:${turn.id}` })
}

/** Capture and release share one key, so that a hold can end in one way only. */
function settleKey(turn: PricedTurn): string {
  return `settle:${turn.id}:${turn.round}`
}

/** Null when there was nothing to do: the turn is free, or this was booked before. */
async function move(
  tx: Executor,
  turn: PricedTurn,
  { from, to, reason, businessKey }: Move,
): Promise<{ available: number; lowTold: boolean } | null> {
  if (turn.priceAmount === 0 || turn.priceType === null) return null
  const { rows } = await sql<{ available: number; low_told: boolean }>`
    WITH booked AS (
      INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key, turn_id)
      VALUES (${turn.userId}, ${turn.priceType}, ${turn.priceAmount}, ${from}, ${to}, ${reason}, ${businessKey}, ${turn.id})
      ON CONFLICT (user_id, business_key) DO NOTHING
      RETURNING user_id, type, amount, from_account, to_account
    )
    UPDATE credit_balances b SET
      held = b.held - CASE WHEN m.from_account = 'held' THEN m.amount ELSE 0 END,
      available = b.available + CASE WHEN m.to_account = 'available' THEN m.amount ELSE 0 END
    FROM booked m WHERE b.user_id = m.user_id AND b.type = m.type
    RETURNING b.available, b.low_told
  `.execute(tx)
  const [row] = rows
  return row ? { available: row.available, lowTold: row.low_told } : null
}
