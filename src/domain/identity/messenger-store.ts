import { sql } from 'kysely'
import type { Reachability } from '#contract/words'
import type { Executor } from '#platform/postgres'

/** Where a user can be written to on a messenger. */
export interface MessengerAddress {
  externalId: string
  reachability: Reachability
}

/** The user's one identity on this messenger, or null. */
export async function messengerOf(db: Executor, userId: string, provider: string): Promise<MessengerAddress | null> {
  const { rows } = await sql<{ external_id: string; reachability: Reachability }>`
    SELECT external_id, reachability FROM identities WHERE user_id = ${userId} AND provider = ${provider}
  `.execute(db)
  return rows[0] ? { externalId: rows[0].external_id, reachability: rows[0].reachability } : null
}
