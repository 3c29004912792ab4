import { type RawBuilder, sql } from 'kysely'
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

/** From whom to whom, in a merge or in an undo. */
export interface Passing {
  from: string
  to: string
  reason: 'merge' | 'undo'
  businessKey: string
}

/**
 * Takes amounts off an account of one user and puts them on the same account of another, by a transfer in each one's
 * books; the house stands between them. Both users are locked.
 */
export async function passOn(
  tx: Executor,
  passing: Passing,
  account: 'available' | 'debt',
  amounts: Credits,
): Promise<void> {
  for (const type of CREDIT_TYPES) {
    if (amounts[type] > 0) await pass(tx, passing, { account, type, amount: amounts[type], turnId: null })
  }
}

/** The price of a turn that is set aside goes with the turn, so that each one's books tell what it holds for what. */
export async function passHolds(tx: Executor, passing: Passing, holds: readonly Hold[]): Promise<void> {
  for (const hold of holds) await pass(tx, passing, { account: 'held', ...hold })
}

async function pass(
  tx: Executor,
  { from, to, reason, businessKey }: Passing,
  { account, type, amount, turnId }: { account: Account; type: CreditType; amount: number; turnId: string | null },
): Promise<void> {
  const entry = { type, account, reason, turnId, key: `${businessKey}:${account}:${turnId ?? type}` }
  // A debt is what the user owes: giving it away fills that account, taking it over empties it.
  const given = account === 'debt' ? -amount : amount
  await book(tx, { ...entry, userId: from, amount: given })
  await book(tx, { ...entry, userId: to, amount: -given })
  await shift(tx, from, type, account, -amount)
  await shift(tx, to, type, account, amount)
}

/** `amount` above zero goes from the account to the house, below zero the other way. */
async function book(
  tx: Executor,
  entry: {
    userId: string
    type: CreditType
    account: Account
    amount: number
    reason: string
    key: string
    turnId: string | null
  },
): Promise<void> {
  const [from, to] = entry.amount > 0 ? [entry.account, 'house'] : ['house', entry.account]
  await sql`
    INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key, turn_id)
    VALUES (${entry.userId}, ${entry.type}, ${Math.abs(entry.amount)}, ${from}, ${to}, ${entry.reason}, ${entry.key},
            ${entry.turnId}::uuid)
  `.execute(tx)
}

async function shift(tx: Executor, userId: string, type: CreditType, account: Account, amount: number): Promise<void> {
  await sql`
    UPDATE credit_balances SET ${sql.ref(account)} = ${sql.ref(account)} + ${amount},
      low_told = low_told AND NOT ${account === 'available' && amount > 0}
    WHERE user_id = ${userId} AND type = ${type}
  `.execute(tx)
}

/**
 * Whether credits of somebody else than this absorbed user have come to the survivor by a merge and are not all back
 * where they came from: what was spent between a merge and its undo has come to stay.
 */
export async function hasAbsorbedOthers(
  tx: Executor,
  { survivorId, absorbedId }: Pick<Sides, 'survivorId' | 'absorbedId'>,
): Promise<boolean> {
  const { rows } = await sql<{ absorbed: boolean }>`
    SELECT EXISTS (
      SELECT FROM ledger_transfers t WHERE user_id = ${survivorId} AND reason IN ('merge', 'undo')
        AND 'available' IN (from_account, to_account)
        AND NOT EXISTS (
          SELECT FROM ledger_transfers o WHERE o.user_id = ${absorbedId} AND o.business_key = t.business_key)
      GROUP BY split_part(business_key, ':', 2), type
      HAVING sum(CASE WHEN to_account = 'available' THEN amount ELSE -amount END) > 0
    ) AS absorbed
  `.execute(tx)
  return rows[0]?.absorbed ?? false
}

/** The gifts that a user has got for its first logins. */
export async function welcomeOf(tx: Executor, userId: string): Promise<Credits> {
  const { rows } = await sql<{ type: CreditType; amount: number }>`
    SELECT type, sum(amount)::integer AS amount FROM ledger_transfers
    WHERE user_id = ${userId} AND reason = 'welcome' GROUP BY type
  `.execute(tx)
  return toCredits(rows)
}

/** A gift goes back to the house. */
export async function passGift(tx: Executor, userId: string, gift: Credits, businessKey: string): Promise<void> {
  await settleGift(tx, { userId, gift, businessKey, sign: 1 })
}

/** The house gives a gift once more. */
export async function returnGift(tx: Executor, userId: string, gift: Credits, businessKey: string): Promise<void> {
  await settleGift(tx, { userId, gift, businessKey, sign: -1 })
}

async function settleGift(
  tx: Executor,
  { userId, gift, businessKey, sign }: { userId: string; gift: Credits; businessKey: string; sign: 1 | -1 },
): Promise<void> {
  for (const type of CREDIT_TYPES) {
    const amount = sign * gift[type]
    if (amount === 0) continue
    const key = `${businessKey}:gift:${type}`
    await book(tx, { userId, type, account: 'available', amount, reason: 'welcome_returned', key, turnId: null })
    await shift(tx, userId, type, 'available', -amount)
  }
}

/** Whether a user has ever got more than gifts: bought, or brought from elsewhere. */
export async function hasBought(db: Executor, userId: string): Promise<boolean> {
  const { rows } = await sql<{ bought: boolean }>`
    SELECT EXISTS (
      SELECT FROM ledger_transfers WHERE user_id = ${userId} AND from_account = 'house'
        AND reason NOT IN ('welcome', 'welcome_returned', 'refund', 'undo')
    ) AS bought
  `.execute(db)
  return rows[0]?.bought ?? false
}

/** What a user has set aside for one turn. */
export interface Hold {
  turnId: string
  type: CreditType
  amount: number
}

/** What this user has set aside at this moment, turn by turn. */
export async function holdsOf(db: Executor, userId: string): Promise<Hold[]> {
  return holdsAmong(db, sql`user_id = ${userId} AND turn_id IS NOT NULL`)
}

/** Those of the survivor's holds that are for turns which an undo gives back, by `merged_lines`. */
export async function holdsParting(tx: Executor, { absorbedId, survivorId }: Sides): Promise<Hold[]> {
  return holdsAmong(
    tx,
    sql`user_id = ${survivorId} AND turn_id IN (SELECT turn_id FROM merged_lines WHERE user_id = ${absorbedId})`,
  )
}

/** The same before anything is planned: a turn that once was the absorbed user's stands in its books. */
export async function holdsThatCame(db: Executor, { absorbedId, survivorId }: Sides): Promise<Hold[]> {
  return holdsAmong(
    db,
    sql`user_id = ${survivorId} AND turn_id IN (SELECT turn_id FROM ledger_transfers WHERE user_id = ${absorbedId})`,
  )
}

interface Sides {
  absorbedId: string
  survivorId: string
}

async function holdsAmong(db: Executor, condition: RawBuilder<unknown>): Promise<Hold[]> {
  const { rows } = await sql<{ turn_id: string; type: CreditType; amount: number }>`
    SELECT turn_id, type, sum(CASE WHEN to_account = 'held' THEN amount ELSE -amount END)::integer AS amount
    FROM ledger_transfers WHERE ${condition} AND 'held' IN (from_account, to_account)
    GROUP BY turn_id, type HAVING sum(CASE WHEN to_account = 'held' THEN amount ELSE -amount END) > 0
    ORDER BY turn_id
  `.execute(db)
  return rows.map((row) => ({ turnId: row.turn_id, type: row.type, amount: row.amount }))
}

/** What was given back since for turns whose price came along set aside, less what was set aside for them anew. */
export async function releasedSince(
  db: Executor,
  { survivorId, mergedAt, turnIds }: { survivorId: string; mergedAt: Date; turnIds: readonly string[] },
): Promise<Credits> {
  const { rows } = await sql<{ type: CreditType; amount: number }>`
    SELECT type, sum(CASE WHEN to_account = 'available' THEN amount ELSE -amount END)::integer AS amount
    FROM ledger_transfers WHERE user_id = ${survivorId} AND turn_id = ANY(${[...turnIds]}::uuid[])
      AND created_at >= ${mergedAt} AND 'available' IN (from_account, to_account)
    GROUP BY type
  `.execute(db)
  return toCredits(rows)
}

/** What refunds have taken from the survivor since for purchases that the absorbed user had made. */
export async function clawedBackSince(
  db: Executor,
  { absorbedId, survivorId, mergedAt }: Sides & { mergedAt: Date },
): Promise<{ taken: Credits; owed: Credits }> {
  const { rows } = await sql<{ type: CreditType; taken: number; owed: number }>`
    SELECT type, sum(CASE WHEN from_account = 'available' THEN amount ELSE 0 END)::integer AS taken,
           sum(CASE WHEN from_account = 'debt' THEN amount ELSE 0 END)::integer AS owed
    FROM (
      SELECT type, amount, from_account, 'charge:' || regexp_replace(substr(business_key, 11), ':debt$', '') AS purchase
      FROM ledger_transfers
      WHERE user_id = ${survivorId} AND reason = 'claw_back' AND business_key LIKE 'claw_back:%' AND created_at >= ${mergedAt}
    ) AS clawed
    WHERE EXISTS (
      SELECT FROM ledger_transfers p WHERE p.user_id = ${absorbedId} AND p.business_key IN (purchase, purchase || ':debt'))
    GROUP BY type
  `.execute(db)
  return {
    taken: toCredits(rows.map(({ type, taken }) => ({ type, amount: taken }))),
    owed: toCredits(rows.map(({ type, owed }) => ({ type, amount: owed }))),
  }
}

function toCredits(rows: { type: CreditType; amount: number }[]): Credits {
  const credits = nothing()
  for (const { type, amount } of rows) credits[type] = amount
  return credits
}

function nothing(): Credits {
  return { basic: 0, pro: 0, cassandra: 0 }
}
