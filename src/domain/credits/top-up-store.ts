import { sql } from 'kysely'
import type { Credits } from '#contract/api'
import { CREDIT_TYPES, type CreditType } from '#contract/words'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import { accountsOf, openAccounts } from './merge-store.ts'

/** Credits that come from outside, for one deed of the business. */
export interface TopUp {
  userId: string
  credits: Partial<Credits>
  reason: 'purchase' | 'subscription' | 'operator_grant'
  /** The same key is booked once per user: `charge:<id>`, `operator:<id>`. */
  businessKey: string
}

/** What a top-up did; nothing of either when its key was known. */
export interface ToppedUp {
  available: Credits
  debtPaid: Credits
}

/** What a claw-back did; nothing of either when its key was known. */
export interface ClawedBack {
  taken: Credits
  /** What was not there any more, and is owed now. */
  owed: Credits
}

/**
 * Books whole credits: what is owed of a type is paid first, the rest is available, and the person may be told anew when
 * it runs low. Safe to repeat. The caller holds the user's row lock.
 */
export async function bookTopUp(tx: Executor, { userId, credits, reason, businessKey }: TopUp): Promise<ToppedUp> {
  const toppedUp: ToppedUp = { available: nothing(), debtPaid: nothing() }
  if (await isBooked(tx, userId, businessKey)) return toppedUp
  await openAccounts(tx, userId)
  const { debt } = await accountsOf(tx, userId)
  for (const type of CREDIT_TYPES) {
    const amount = credits[type] ?? 0
    const debtPaid = Math.min(amount, debt[type])
    const available = amount - debtPaid
    await book(tx, { userId, type, to: 'debt', amount: debtPaid, reason: 'debt_paid', businessKey })
    await book(tx, { userId, type, to: 'available', amount: available, reason, businessKey })
    await sql`
      UPDATE credit_balances SET available = available + ${available}, debt = debt - ${debtPaid},
        low_told = low_told AND ${available} = 0
      WHERE user_id = ${userId} AND type = ${type}
    `.execute(tx)
    toppedUp.available[type] = available
    toppedUp.debtPaid[type] = debtPaid
  }
  return toppedUp
}

/**
 * Takes credits back that were paid for and refunded: first what is available, and the rest is owed, so that this type
 * buys nothing until more comes. Safe to repeat. The caller holds the user's row lock.
 */
export async function clawBack(
  tx: Executor,
  { userId, credits, businessKey }: Omit<TopUp, 'reason'>,
): Promise<ClawedBack> {
  const clawedBack: ClawedBack = { taken: nothing(), owed: nothing() }
  if (await isBooked(tx, userId, businessKey)) return clawedBack
  await openAccounts(tx, userId)
  const { available } = await accountsOf(tx, userId)
  for (const type of CREDIT_TYPES) {
    const amount = credits[type] ?? 0
    const taken = Math.min(amount, available[type])
    const owed = amount - taken
    await book(tx, { userId, type, from: 'available', amount: taken, reason: 'claw_back', businessKey })
    await book(tx, { userId, type, from: 'debt', amount: owed, reason: 'claw_back', businessKey })
    await sql`
      UPDATE credit_balances SET available = available - ${taken}, debt = debt + ${owed}
      WHERE user_id = ${userId} AND type = ${type}
    `.execute(tx)
    clawedBack.taken[type] = taken
    clawedBack.owed[type] = owed
  }
  return clawedBack
}

/**
 * What an operator gives, with the reason written down; once for a `grantId` that the caller brings, whoever its user is
 * by then. `userId`: to whom it was given, which is another one when the id was used before. The caller holds the
 * user's row lock.
 */
export async function grantByOperator(
  tx: Executor,
  {
    userId,
    operatorId,
    reason,
    credits,
    grantId = newId(),
  }: { userId: string; operatorId: string; reason: string; credits: Partial<Credits>; grantId?: string },
): Promise<ToppedUp & { grantId: string; userId: string; isNew: boolean }> {
  if (reason.trim() === '') throw new Error('a grant without a written reason')
  const given = await findGrant(tx, grantId)
  if (given) return { available: nothing(), debtPaid: nothing(), grantId, userId: given.userId, isNew: false }
  await sql`
    INSERT INTO operator_grants (user_id, id, operator_id, reason) VALUES (${userId}, ${grantId}, ${operatorId}, ${reason})
  `.execute(tx)
  const toppedUp = await bookTopUp(tx, {
    userId,
    credits,
    reason: 'operator_grant',
    businessKey: `operator:${grantId}`,
  })
  return { ...toppedUp, grantId, userId, isNew: true }
}

/** To whom this was given. Whoever asks with the same id meanwhile waits: a merge may have given it another user. */
async function findGrant(tx: Executor, grantId: string): Promise<{ userId: string } | null> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`grant:${grantId}`}, 0))`.execute(tx)
  const { rows } = await sql<{ user_id: string }>`
    SELECT user_id FROM operator_grants WHERE id = ${grantId}
  `.execute(tx)
  return rows[0] ? { userId: rows[0].user_id } : null
}

/** A deed books up to two transfers per type: `<key>:<type>`, and `<key>:<type>:debt` for what is owed. */
async function isBooked(tx: Executor, userId: string, businessKey: string): Promise<boolean> {
  const keys = CREDIT_TYPES.flatMap((type) => [`${businessKey}:${type}`, `${businessKey}:${type}:debt`])
  const { rows } = await sql<{ booked: boolean }>`
    SELECT EXISTS (
      SELECT FROM ledger_transfers WHERE user_id = ${userId} AND business_key = ANY(${keys}::text[])
    ) AS booked
  `.execute(tx)
  return rows[0]?.booked ?? false
}

interface Booking {
  userId: string
  type: CreditType
  from?: 'available' | 'debt'
  to?: 'available' | 'debt'
  amount: number
  reason: TopUp['reason'] | 'debt_paid' | 'claw_back'
  businessKey: string
}

async function book(tx: Executor, { userId, type, from, to, amount, reason, businessKey }: Booking): Promise<void> {
  if (amount === 0) return
  const key = [from, to].includes('debt') ? `${businessKey}:${type}:debt` : `${businessKey}:${type}`
  await sql`
    INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
    VALUES (${userId}, ${type}, ${amount}, ${from ?? 'house'}, ${to ?? 'house'}, ${reason}, ${key})
  `.execute(tx)
}

function nothing(): Credits {
  return { basic: 0, pro: 0, cassandra: 0 }
}
