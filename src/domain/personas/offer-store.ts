import { sql } from 'kysely'
import type { Price } from '#contract/api'
import type { Executor } from '#platform/postgres'

/** The version that new conversations of this persona begin with. */
export async function currentVersion(db: Executor, personaId: string): Promise<number> {
  return (await readOffer(db, personaId)).current_version
}

/** What one reply of this persona costs now. */
export async function currentPrice(db: Executor, personaId: string): Promise<Price> {
  const { price_type, price_amount } = await readOffer(db, personaId)
  return { type: price_type, amount: price_amount }
}

async function readOffer(db: Executor, personaId: string) {
  const { rows } = await sql<{ current_version: number; price_type: Price['type']; price_amount: number }>`
    SELECT current_version, price_type, price_amount FROM personas WHERE id = ${personaId}
  `.execute(db)
  const offer = rows[0]
  if (!offer) throw new Error('a persona that was never published')
  return offer
}
