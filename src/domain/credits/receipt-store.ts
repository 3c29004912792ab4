import { sql } from 'kysely'
import type { CreditType } from '#contract/words'
import type { Executor } from '#platform/postgres'

/** What one turn cost, and where its price is now. */
export interface TurnReceipt {
  type: CreditType
  amount: number
  state: 'held' | 'paid' | 'released' | 'refunded'
  /** When it came there, ISO 8601. */
  at: string
}

/** The receipt of one of the user's turns; null when it never cost anything, or is somebody else's. `turnId` is a UUID. */
export async function receiptOf(db: Executor, userId: string, turnId: string): Promise<TurnReceipt | null> {
  const { rows } = await sql<Omit<TurnReceipt, 'at'> & { at: Date }>`
    SELECT type, amount, state, at FROM receipt_of(${userId}, ${turnId})
  `.execute(db)
  const [row] = rows
  return row ? { ...row, at: row.at.toISOString() } : null
}
