import { sql } from 'kysely'
import type { Channel } from '#contract/words'
import type { Executor } from '#platform/postgres'

/**
 * Nothing more goes to a chat that is no longer this user's. What is being sent at this moment may have arrived. The
 * caller holds the user's row lock.
 */
export async function giveUpAddress(
  tx: Executor,
  { userId, channel, address }: { userId: string; channel: Channel; address: string },
): Promise<void> {
  await sql`SELECT give_up_address(${userId}, ${channel}, ${address})`.execute(tx)
}
