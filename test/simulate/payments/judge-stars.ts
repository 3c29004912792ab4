import { type Kysely, sql } from 'kysely'
import type { Database } from '#platform/postgres'
import type { Sandbox } from '#sandbox'
import type { Court } from '../endurance/court.ts'

interface Booked {
  id: string
  user_id: string
  stars: number
  refunded: boolean
  brings: number
  brought: number
  taken: number
}

/** The books against Telegram's own: charge by charge, then in sum, then each person's balance. */
export async function judgeStars(db: Kysely<Database>, sandbox: Sandbox, court: Court): Promise<void> {
  const booked = new Map((await readBooked(db)).map((charge) => [charge.id, charge]))
  const sums = { telegram: 0, books: 0 }
  for (const { id, invoice, refunded } of sandbox.telegram.charges()) {
    const ours = booked.get(id)
    if (!refunded) sums.telegram += invoice.stars
    if (!ours) court.find('PAID FOR NOTHING: a charge of Telegram is not in the books', { id, invoice, refunded })
    else judgeCharge(ours, { stars: invoice.stars, refunded }, court)
    booked.delete(id)
  }
  for (const stranger of booked.values()) court.find('A charge that Telegram never made is in the books', stranger)
  sums.books = await starsInBooks(db)
  court.count('stars', 'at Telegram', sums.telegram)
  court.count('stars', 'in the books', sums.books)
  court.count('stars', 'difference', sums.telegram - sums.books)
  if (sums.telegram !== sums.books) court.find('The Stars of the books are not those of Telegram', sums)
  await judgeBalances(db, court)
  for (const row of await openDifferences(db)) court.find('A difference was reported', row)
}

function judgeCharge(ours: Booked, theirs: { stars: number; refunded: boolean }, court: Court): void {
  if (ours.stars !== theirs.stars) court.find('Another sum is booked than was paid', ours, theirs)
  if (ours.refunded !== theirs.refunded) court.find('Refunded on one side alone', ours, theirs)
  if (ours.brought !== ours.brings) court.find('A charge did not bring its credits once', ours)
  if (ours.taken !== (theirs.refunded ? ours.brings : 0))
    court.find('A refund did not take its credits back once', ours)
}

/** A charge's bookings have its id in their keys, `charge:<id>:…` and `claw_back:<id>:…`. */
async function readBooked(db: Kysely<Database>): Promise<Booked[]> {
  const { rows } = await sql<Booked>`
    WITH moved AS (
      SELECT split_part(business_key, ':', 1) AS deed, split_part(business_key, ':', 2) AS charge_id,
        sum(amount)::integer AS amount
      FROM ledger_transfers WHERE business_key LIKE 'charge:%' OR business_key LIKE 'claw\\_back:%' GROUP BY 1, 2
    )
    SELECT c.id, c.user_id, c.stars, c.refunded_at IS NOT NULL AS refunded, c.basic + c.pro + c.cassandra AS brings,
      coalesce(b.amount, 0) AS brought, coalesce(t.amount, 0) AS taken
    FROM charges c
      LEFT JOIN moved b ON b.deed = 'charge' AND b.charge_id = c.id
      LEFT JOIN moved t ON t.deed = 'claw_back' AND t.charge_id = c.id
  `.execute(db)
  return rows
}

async function starsInBooks(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ stars: number }>`
    SELECT coalesce(sum(stars), 0)::integer AS stars FROM charges WHERE refunded_at IS NULL`.execute(db)
  return rows[0]?.stars ?? 0
}

/** What somebody has, less what they owe, is the gift and what their charges brought that were not given back. */
async function judgeBalances(db: Kysely<Database>, court: Court): Promise<void> {
  const { rows } = await sql`
    SELECT b.user_id, b.type, b.available, b.held, b.debt, w.gift, c.bought
    FROM credit_balances b
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(amount), 0)::integer AS gift FROM ledger_transfers l
      WHERE l.user_id = b.user_id AND l.type = b.type AND l.reason = 'welcome'
    ) w
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(CASE b.type WHEN 'basic' THEN basic WHEN 'pro' THEN pro ELSE cassandra END), 0)::integer
        AS bought
      FROM charges WHERE charges.user_id = b.user_id AND refunded_at IS NULL
    ) c
    WHERE b.available - b.debt <> w.gift + c.bought OR b.held <> 0
  `.execute(db)
  for (const row of rows) court.find('WRONG BALANCE: not the gift and what was bought', row)
  const { rows: sums } = await sql`
    SELECT type, sum(amount)::integer AS sum FROM ledger_entries GROUP BY type HAVING sum(amount) <> 0`.execute(db)
  for (const row of sums) court.find('The entries of one type do not sum up to 0', row)
}

async function openDifferences(db: Kysely<Database>): Promise<unknown[]> {
  const { rows } = await sql`
    SELECT kind, charge_id, detail FROM payment_differences WHERE settled_at IS NULL`.execute(db)
  return rows
}
