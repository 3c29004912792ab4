import { sql } from 'kysely'
import type { Identity } from '#contract/api'
import type { Channel, Reachability } from '#contract/words'
import type { Executor } from '#platform/postgres'
import type { ProvenIdentity } from './proven-identity.ts'

/** An identity as the server knows it; `displayName` of an e-mail identity is its address. */
export interface KnownIdentity extends Identity {
  userId: string
  provider: string
  externalId: string
  username: string | null
  reachability: Reachability
}

/** Oldest first. */
export async function listIdentities(executor: Executor, userId: string): Promise<KnownIdentity[]> {
  const rows = await executor
    .selectFrom('identities')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toIdentity)
}

export async function findIdentity(
  executor: Executor,
  provider: string,
  externalId: string,
): Promise<KnownIdentity | null> {
  const row = await executor
    .selectFrom('identities')
    .selectAll()
    .where('provider', '=', provider)
    .where('external_id', '=', externalId)
    .executeTakeFirst()
  return row ? toIdentity(row) : null
}

/** Adds a proven identity to a user whose row the caller has locked; null when it belongs to somebody by now. */
export async function addIdentity(tx: Executor, userId: string, proof: ProvenIdentity): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO identities (user_id, provider, external_id, channel, display_name, username)
    VALUES (${userId}, ${proof.provider}, ${proof.externalId}, ${proof.channel}, ${proof.displayName},
            ${proof.username ?? null})
    ON CONFLICT (provider, external_id) DO NOTHING RETURNING id
  `.execute(tx)
  return rows[0]?.id ?? null
}

/** Whether this changed anything; an unknown identity is no error. */
export async function setReachability(
  executor: Executor,
  provider: string,
  externalId: string,
  reachability: Reachability,
): Promise<boolean> {
  const result = await executor
    .updateTable('identities')
    .set({ reachability })
    .where('provider', '=', provider)
    .where('external_id', '=', externalId)
    .where('reachability', '<>', reachability)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** What was proven with it in sessions goes too. */
export async function deleteIdentity(tx: Executor, id: string): Promise<void> {
  await tx.deleteFrom('identities').where('id', '=', id).execute()
}

interface IdentityRow {
  id: string
  user_id: string
  provider: string
  external_id: string
  channel: string
  display_name: string
  username: string | null
  reachability: string
}

function toIdentity(row: IdentityRow): KnownIdentity {
  return {
    id: row.id,
    userId: row.user_id,
    provider: row.provider,
    externalId: row.external_id,
    channel: row.channel as Channel,
    displayName: row.provider === 'email' ? row.external_id : row.display_name,
    username: row.username,
    reachability: row.reachability as Reachability,
    // The web needs no permission to be read.
    reachable: row.channel === 'web' || row.reachability === 'reachable',
  }
}
