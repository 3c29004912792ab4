import { sql } from 'kysely'
import type { MergePart } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/** What came with the absorbed user, and goes back with it. */
interface Journal {
  orders: string[]
  charges: string[]
  /** By their orders. */
  subscriptions: string[]
}

/**
 * This room's part: what was bought follows its buyer, so that a refund takes from whoever has the credits now. What is
 * paid between a merge and its undo stays with whom it was paid for.
 */
export const paymentsPart: MergePart = {
  room: 'payments',
  tables: { orders: 'moves', charges: 'moves', subscriptions: 'moves' },
  async merge(tx, { absorbedId, survivorId }) {
    const journal: Journal = {
      orders: await moveOrders(tx, { from: absorbedId, to: survivorId, mergedFrom: absorbedId, only: null }),
      charges: await moveCharges(tx, { from: absorbedId, to: survivorId, mergedFrom: absorbedId, only: null }),
      subscriptions: await moveSubscriptions(tx, {
        from: absorbedId,
        to: survivorId,
        mergedFrom: absorbedId,
        only: null,
      }),
    }
    return { ...journal }
  },
  async undo(tx, { absorbedId, survivorId }, remembered) {
    const { orders = [], charges = [], subscriptions = [] } = remembered as Partial<Journal>
    const back = { from: survivorId, to: absorbedId, mergedFrom: null }
    await moveOrders(tx, { ...back, only: orders })
    await moveCharges(tx, { ...back, only: charges })
    await moveSubscriptions(tx, { ...back, only: subscriptions })
    return {}
  },
}

interface Move {
  from: string
  to: string
  mergedFrom: string | null
  /** Null: all. */
  only: readonly string[] | null
}

async function moveOrders(tx: Executor, { from, to, mergedFrom, only }: Move): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE orders SET user_id = ${to}, merged_from = ${mergedFrom}::uuid
    WHERE user_id = ${from} AND (${only === null} OR id = ANY(${[...(only ?? [])]}::uuid[])) RETURNING id
  `.execute(tx)
  return rows.map(({ id }) => id)
}

async function moveCharges(tx: Executor, { from, to, mergedFrom, only }: Move): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE charges SET user_id = ${to}, merged_from = ${mergedFrom}::uuid
    WHERE user_id = ${from} AND (${only === null} OR id = ANY(${[...(only ?? [])]}::text[])) RETURNING id
  `.execute(tx)
  return rows.map(({ id }) => id)
}

async function moveSubscriptions(tx: Executor, { from, to, mergedFrom, only }: Move): Promise<string[]> {
  const { rows } = await sql<{ order_id: string }>`
    UPDATE subscriptions SET user_id = ${to}, merged_from = ${mergedFrom}::uuid
    WHERE user_id = ${from} AND (${only === null} OR order_id = ANY(${[...(only ?? [])]}::uuid[])) RETURNING order_id
  `.execute(tx)
  return rows.map(({ order_id }) => order_id)
}
