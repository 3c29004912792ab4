import { type Kysely, sql } from 'kysely'
import type { Database } from '#platform/postgres'
import type { Court } from './court.ts'

interface Account {
  user_id: string
  type: string
  available: number
  held: number
  debt: number
  welcome: number
  spent: number
  owed: number
}

/** Every balance is the gift less one price for each turn that is done; nothing is held; all entries together are 0. */
export async function judgeLedger(db: Kysely<Database>, court: Court): Promise<void> {
  for (const account of await accounts(db)) {
    const { available, held, debt, welcome, spent, owed } = account
    if (held !== 0 || debt !== 0) court.find('Credits are held or owed after everything was finished', account)
    if (spent !== owed) court.find('WRONG CHARGE: what was captured is not the price of what is done', account)
    if (available !== welcome - spent) court.find('WRONG BALANCE: not the gift less what was captured', account)
    court.count('ledger', `${account.type} captured`, spent)
  }
  const { rows } = await sql<{ type: string; sum: number }>`
    SELECT type, sum(amount)::integer AS sum FROM ledger_entries GROUP BY type HAVING sum(amount) <> 0
  `.execute(db)
  for (const row of rows) court.find('The entries of one type do not sum up to 0', row)
}

async function accounts(db: Kysely<Database>): Promise<Account[]> {
  const { rows } = await sql<Account>`
    SELECT balance.user_id, type, available, held, debt,
      (SELECT coalesce(sum(amount), 0)::integer FROM ledger_transfers moved
       WHERE moved.user_id = balance.user_id AND moved.type = balance.type AND reason = 'welcome') AS welcome,
      (SELECT coalesce(sum(amount), 0)::integer FROM ledger_transfers moved
       WHERE moved.user_id = balance.user_id AND moved.type = balance.type AND reason = 'capture') AS spent,
      (SELECT coalesce(sum(price_amount), 0)::integer FROM turns
       WHERE turns.user_id = balance.user_id AND price_type = balance.type AND state = 'done') AS owed
    FROM credit_balances balance
  `.execute(db)
  return rows
}
