import type { Identity } from '#contract/api'
import type { Channel, Reachability } from '#contract/words'
import type { Executor } from '#platform/postgres'

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
