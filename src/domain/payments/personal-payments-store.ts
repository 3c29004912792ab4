import { sql } from 'kysely'
import { eraseInTurn, type PersonalDataPart, wholeFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/** This room's part: that something was paid stays, as books must; who paid it, and what was written about it, goes. */
export const paymentsPersonalData: PersonalDataPart = {
  room: 'payments',
  tables: {
    orders: 'erased',
    charges: { stays: 'the books: sum, date and the number of the payment, without a Telegram id or a text' },
    subscriptions: 'erased',
    payment_differences: { stays: 'what operators have still to settle; what is settled loses the Telegram id' },
  },
  files: [wholeFile('payments', readCharges), wholeFile('subscriptions', readSubscriptions)],
  erase: (tx, userIds, most) =>
    eraseInTurn(most, [
      () => forgetPayers(tx, userIds),
      () => eraseSubscriptions(tx, userIds),
      () => eraseOrders(tx, userIds),
    ]),
}

async function readCharges(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT id, order_id AS "orderId", stars, basic, pro, cassandra, renewal, paid_at AS "paidAt",
      refunded_at AS "refundedAt"
    FROM charges WHERE user_id = ${userId} ORDER BY paid_at
  `.execute(db)
  return rows
}

async function readSubscriptions(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT order_id AS "orderId", state, expires_at AS "expiresAt" FROM subscriptions
    WHERE user_id = ${userId} ORDER BY expires_at
  `.execute(db)
  return rows
}

/** Before the orders go, which know under which Telegram id something may be noted elsewhere. */
async function forgetPayers(tx: Executor, userIds: readonly string[]): Promise<number> {
  await sql`
    UPDATE payment_differences SET detail = detail - 'telegramId'
    WHERE settled_at IS NOT NULL AND detail ->> 'telegramId' IN (
      SELECT telegram_id FROM orders WHERE user_id = ANY(${[...userIds]}::uuid[])
      UNION SELECT telegram_id FROM charges WHERE user_id = ANY(${[...userIds]}::uuid[]))
  `.execute(tx)
  const { numAffectedRows = 0n } = await sql`
    UPDATE charges SET telegram_id = '', refund_reason = NULL
    WHERE user_id = ANY(${[...userIds]}::uuid[]) AND (telegram_id <> '' OR refund_reason IS NOT NULL)
  `.execute(tx)
  return Number(numAffectedRows)
}

async function eraseSubscriptions(tx: Executor, userIds: readonly string[]): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM subscriptions WHERE user_id = ANY(${[...userIds]}::uuid[])
  `.execute(tx)
  return Number(numAffectedRows)
}

async function eraseOrders(tx: Executor, userIds: readonly string[]): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM orders WHERE user_id = ANY(${[...userIds]}::uuid[])
  `.execute(tx)
  return Number(numAffectedRows)
}
