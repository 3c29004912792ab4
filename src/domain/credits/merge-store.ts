import { sql } from 'kysely'
import type { Credits } from '#contract/api'
import { CREDIT_TYPES, type CreditType } from '#contract/words'
import type { Executor } from '#platform/postgres'

type Account = 'available' | 'held' | 'debt'

/** What lies on the accounts of a user. */
export type Accounts = Record<Account, Credits>

export async function accountsOf(db: Executor, userId: string): Promise<Accounts> {
  const { rows } = await sql<{ type: CreditType } & Record<Account, number>>`
    SELECT type, available, held, debt FROM credit_balances WHERE user_id = ${userId}
  `.execute(db)
  const accounts: Accounts = { available: nothing(), held: nothing(), debt: nothing() }
  for (const { type, ...row } of rows) {
    for (const account of ['available', 'held', 'debt'] as const) accounts[account][type] = row[account]
  }
  return accounts
}

/** A user who got all that others give away starts with empty accounts. */
export async function openAccounts(tx: Executor, userId: string): Promise<void> {
  await sql`
    INSERT INTO credit_balances (user_id, type) SELECT ${userId}, t FROM unnest(${[...CREDIT_TYPES]}::text[]) AS t
    ON CONFLICT DO NOTHING
  `.execute(tx)
}

/** The books of a user who lives on in another one are closed: every account is empty by then. */
export async function closeAccounts(tx: Executor, userId: string): Promise<void> {
  await sql`DELETE FROM credit_balances WHERE user_id = ${userId}`.execute(tx)
}

/**
 * Takes an amount off an account of one user and puts it on the same account of another, by a transfer in each one's
 * books; the house stands between them. Both users are locked.
 */
export async function passOn(
  tx: Executor,
  pass: { from: string; to: string; account: Account; amounts: Credits; reason: 'merge' | 'undo'; businessKey: string },
): Promise<void> {
  for (const type of CREDIT_TYPES) {
    const amount = pass.amounts[type]
    if (amount === 0) continue
    const key = `${pass.businessKey}:${pass.account}:${type}`
    // A debt is what the user owes: giving it away fills that account, taking it over empties it.
    const [giving, taking] = pass.account === 'debt' ? [-amount, amount] : [amount, -amount]
    await book(tx, { ...pass, userId: pass.from, type, amount: giving, key })
    await book(tx, { ...pass, userId: pass.to, type, amount: taking, key })
    await shift(tx, pass.from, type, pass.account, -amount)
    await shift(tx, pass.to, type, pass.account, amount)
  }
}

/** `amount` above zero goes from the account to the house, below zero the other way. */
async function book(
  tx: Executor,
  entry: { userId: string; type: CreditType; account: Account; amount: number; reason: string; key: string },
): Promise<void> {
  const [from, to] = entry.amount > 0 ? [entry.account, 'house'] : ['house', entry.account]
  await sql`
    INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
    VALUES (${entry.userId}, ${entry.type}, ${Math.abs(entry.amount)}, ${from}, ${to}, ${entry.reason}, ${entry.key})
  `.execute(tx)
}

async function shift(tx: Executor, userId: string, type: CreditType, account: Account, amount: number): Promise<void> {
  await sql`
    UPDATE credit_balances SET ${sql.ref(account)} = ${sql.ref(account)} + ${amount}
    WHERE user_id = ${userId} AND type = ${type}
  `.execute(tx)
}

/** Whether a user has ever got more than gifts: bought, or brought from elsewhere. */
export async function hasBought(db: Executor, userId: string): Promise<boolean> {
  const { rows } = await sql<{ bought: boolean }>`
    SELECT EXISTS (
      SELECT FROM ledger_transfers WHERE user_id = ${userId} AND from_account = 'house'
        AND reason NOT IN ('welcome', 'refund', 'undo')
    ) AS bought
  `.execute(db)
  return rows[0]?.bought ?? false
}

/** Turns whose price is set aside at this moment, with the rounds that ended taken off. */
export async function turnsHeld(tx: Executor, userId: string): Promise<string[]> {
  const { rows } = await sql<{ turn_id: string }>`
    SELECT turn_id FROM ledger_transfers WHERE user_id = ${userId} AND turn_id IS NOT NULL
    GROUP BY turn_id
    HAVING sum(CASE WHEN to_account = 'held' THEN amount WHEN from_account = 'held' THEN -amount ELSE 0 END) > 0
  `.execute(tx)
  return rows.map((row) => row.turn_id)
}

/** What is set aside now for the turns that an undo gives back, whoever's books it began in. */
export async function heldForParting(tx: Executor, absorbedId: string, survivorId: string): Promise<Credits> {
  const { rows } = await sql<{ type: CreditType; amount: number }>`
    SELECT type, sum(CASE WHEN to_account = 'held' THEN amount WHEN from_account = 'held' THEN -amount ELSE 0 END)::integer AS amount
    FROM ledger_transfers
    WHERE user_id IN (${absorbedId}, ${survivorId})
      AND turn_id IN (SELECT turn_id FROM merged_lines WHERE user_id = ${absorbedId})
    GROUP BY type
  `.execute(tx)
  return toCredits(rows)
}

/** What was given back since for turns whose price came along set aside, less what was set aside for them anew. */
export async function releasedSince(db: Executor, survivorId: string, turnIds: readonly string[]): Promise<Credits> {
  const { rows } = await sql<{ type: CreditType; amount: number }>`
    SELECT type, greatest(0, sum(CASE WHEN to_account = 'available' THEN amount
                                      WHEN from_account = 'available' THEN -amount ELSE 0 END))::integer AS amount
    FROM ledger_transfers WHERE user_id = ${survivorId} AND turn_id = ANY(${[...turnIds]}::uuid[])
    GROUP BY type
  `.execute(db)
  return toCredits(rows)
}

function toCredits(rows: { type: CreditType; amount: number }[]): Credits {
  const credits = nothing()
  for (const { type, amount } of rows) credits[type] = amount
  return credits
}

function nothing(): Credits {
  return { basic: 0, pro: 0, cassandra: 0 }
}
