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

interface Move {
  from: 'available' | 'held' | 'house'
  to: 'available' | 'held' | 'house'
  reason: 'capture' | 'release' | 'refund'
  businessKey: string
}

/** Sets the price aside; false, and nothing changed, when there is not enough. The caller holds the user's row lock. */
export async function holdCredits(tx: Executor, turn: PricedTurn): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    SELECT hold_credits(${turn.userId}, ${turn.id}, ${turn.round}, ${turn.priceType}, ${turn.priceAmount}) AS held
  `.execute(tx)
  return rows[0]?.held ?? false
}

/** The reply is written: what was held is paid. */
export async function captureHold(tx: Executor, turn: PricedTurn): Promise<void> {
  await move(tx, turn, { from: 'held', to: 'house', reason: 'capture', businessKey: settleKey(turn) })
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

async function move(tx: Executor, turn: PricedTurn, { from, to, reason, businessKey }: Move): Promise<void> {
  if (turn.priceAmount === 0 || turn.priceType === null) return
  await sql`
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
  `.execute(tx)
}
