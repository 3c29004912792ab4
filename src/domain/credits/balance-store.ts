import { sql } from 'kysely'
import type { Credits } from '#contract/api'
import { CREDIT_TYPES, type CreditType } from '#contract/words'
import type { Executor } from '#platform/postgres'

/** Available, held and owed credits of each type. */
export interface BookedCredits {
  available: Credits
  held: Credits
  /** Given, refunded and spent: paid first by what comes next, and until then this type buys nothing. */
  debt: Credits
}

export interface LedgerEntry {
  id: string
  type: CreditType
  /** How what is available changed; 0 for what changed the debt alone. */
  amount: number
  /** How what is owed changed. */
  debt: number
  reason: string
  /** The turn it was for; null for what no message caused. */
  turnId: string | null
  createdAt: string
}

/** What the user has: zero for a type without a row. */
export async function balanceOf(db: Executor, userId: string): Promise<BookedCredits> {
  const { rows } = await sql<{ type: CreditType; available: number; held: number; debt: number }>`
    SELECT type, available, held, debt FROM credit_balances WHERE user_id = ${userId}
  `.execute(db)
  const booked: BookedCredits = { available: none(), held: none(), debt: none() }
  for (const row of rows) {
    booked.available[row.type] = row.available
    booked.held[row.type] = row.held
    booked.debt[row.type] = row.debt
  }
  return booked
}

/** The entries that changed what was available or owed, newest first; at most `limit` + 1, so that the caller sees whether more follow. */
export async function entriesOf(
  db: Executor,
  userId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<LedgerEntry[]> {
  const { rows } = await sql<EntryRow>`
    SELECT id, type, reason, turn_id, created_at,
      amount * ((to_account = 'available')::integer - (from_account = 'available')::integer) AS amount,
      amount * ((from_account = 'debt')::integer - (to_account = 'debt')::integer) AS debt
    FROM ledger_transfers
    WHERE user_id = ${userId} AND (from_account IN ('available', 'debt') OR to_account IN ('available', 'debt'))
      AND (${before}::bigint IS NULL OR id < ${before}::bigint)
    ORDER BY id DESC LIMIT ${limit + 1}
  `.execute(db)
  return rows.map((row) => ({
    id: String(row.id),
    type: row.type,
    amount: row.amount,
    debt: row.debt,
    reason: row.reason,
    turnId: row.turn_id,
    createdAt: row.created_at.toISOString(),
  }))
}

interface EntryRow {
  id: number
  type: CreditType
  amount: number
  debt: number
  reason: string
  turn_id: string | null
  created_at: Date
}

/** Which types the person was told to run low, until more come. */
export async function lowTypes(db: Executor, userId: string): Promise<CreditType[]> {
  const { rows } = await sql<{ type: CreditType }>`
    SELECT type FROM credit_balances WHERE user_id = ${userId} AND low_told
  `.execute(db)
  return CREDIT_TYPES.filter((type) => rows.some((row) => row.type === type))
}

function none(): Credits {
  return { basic: 0, pro: 0, cassandra: 0 }
}
