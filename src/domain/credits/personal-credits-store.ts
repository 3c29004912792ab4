import { sql } from 'kysely'
import { eraseInTurn, type PersonalDataPart, pagedFile, wholeFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'

const TRANSFERS_PER_PAGE = 1_000

interface Transfer {
  id: number
  type: string
  amount: number
  from: string
  to: string
  reason: string
  turnId: string | null
  createdAt: Date
}

/** This room's part: the whole ledger. What was paid is told by the charges, which stay. */
export const creditsPersonalData: PersonalDataPart = {
  room: 'credits',
  tables: { ledger_transfers: 'erased', credit_balances: 'erased', operator_grants: 'erased' },
  files: [wholeFile('credits', readBalances), pagedFile('ledger', readTransfers)],
  erase: (tx, userIds, most) =>
    eraseInTurn(most, [
      (left) => eraseTransfers(tx, userIds, left),
      (left) => eraseGrants(tx, userIds, left),
      () => eraseBalances(tx, userIds),
    ]),
}

async function readBalances(db: Executor, userId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    SELECT type, available, held, debt FROM credit_balances WHERE user_id = ${userId} ORDER BY type
  `.execute(db)
  return rows
}

async function readTransfers(db: Executor, userId: string, last: Transfer | null): Promise<Transfer[]> {
  const { rows } = await sql<Transfer>`
    SELECT id, type, amount, from_account AS "from", to_account AS "to", reason, turn_id AS "turnId",
      created_at AS "createdAt"
    FROM ledger_transfers WHERE user_id = ${userId} AND id > ${last?.id ?? 0} ORDER BY id LIMIT ${TRANSFERS_PER_PAGE}
  `.execute(db)
  return rows
}

async function eraseTransfers(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM ledger_transfers WHERE (user_id, id) IN (
      SELECT user_id, id FROM ledger_transfers WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}

async function eraseGrants(tx: Executor, userIds: readonly string[], most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM operator_grants WHERE (user_id, id) IN (
      SELECT user_id, id FROM operator_grants WHERE user_id = ANY(${[...userIds]}::uuid[]) LIMIT ${most})
  `.execute(tx)
  return Number(numAffectedRows)
}

async function eraseBalances(tx: Executor, userIds: readonly string[]): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM credit_balances WHERE user_id = ANY(${[...userIds]}::uuid[])
  `.execute(tx)
  return Number(numAffectedRows)
}
