import { sql } from 'kysely'
import type { Credits } from '#contract/api'
import type { CreditType } from '#contract/words'
import type { Executor } from '#platform/postgres'

/** Available and held credits of each type. */
export interface BookedCredits {
  available: Credits
  held: Credits
}

export interface LedgerEntry {
  id: string
  type: CreditType
  amount: number
  reason: string
  createdAt: string
}

/** What the user has: zero for a type without a row. */
export async function balanceOf(db: Executor, userId: string): Promise<BookedCredits> {
  const { rows } = await sql<{ type: CreditType; available: number; held: number }>`
    SELECT type, available, held FROM credit_balances WHERE user_id = ${userId}
  `.execute(db)
  const booked: BookedCredits = { available: none(), held: none() }
  for (const row of rows) {
    booked.available[row.type] = row.available
    booked.held[row.type] = row.held
  }
  return booked
}

/** The entries that changed what was available, newest first; at most `limit` + 1, so that the caller sees whether more follow. */
export async function entriesOf(
  db: Executor,
  userId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<LedgerEntry[]> {
  const { rows } = await sql<{ id: number; type: CreditType; amount: number; reason: string; created_at: Date }>`
    SELECT id, type, CASE WHEN to_account = 'available' THEN amount ELSE -amount END AS amount, reason, created_at
    FROM ledger_transfers
    WHERE user_id = ${userId} AND 'available' IN (from_account, to_account)
      AND (${before}::bigint IS NULL OR id < ${before}::bigint)
    ORDER BY id DESC LIMIT ${limit + 1}
  `.execute(db)
  return rows.map((row) => ({
    id: String(row.id),
    type: row.type,
    amount: row.amount,
    reason: row.reason,
    createdAt: row.created_at.toISOString(),
  }))
}

function none(): Credits {
  return { basic: 0, pro: 0, cassandra: 0 }
}
