import type { Credits } from '#contract/api'
import type { Reachability } from '#contract/words'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { DataKey, Vault } from '#platform/vault'
import { establishUser } from './establish-store.ts'
import type { KeyRing } from './key-ring.ts'
import type { ProvenIdentity } from './proven-identity.ts'

export interface EstablishOptions {
  vault: Vault
  keyRing: KeyRing
  /** Granted when this identity has never had welcome credits, whatever became of its user. */
  welcome: Credits
  /** What the proof says about writing to the person; null when it says nothing. */
  reachability?: Reachability | null
}

export interface EstablishedUser {
  userId: string
  key: DataKey
  created: boolean
}

/**
 * The user of a proven identity; the first proof makes one. Safe under races: of two first contacts at once one makes
 * the user and the other finds it. Refreshes the names of the identity.
 */
export async function findOrCreateUser(
  executor: Executor,
  proof: ProvenIdentity,
  { vault, keyRing, welcome, reachability = null }: EstablishOptions,
): Promise<EstablishedUser> {
  const proposed = vault.newDataKey()
  const row = await establishUser(executor, {
    proof,
    reachability,
    userId: newId(),
    keyId: proposed.id,
    wrappedKey: proposed.wrapped,
    identityHash: vault.hmac('welcome', `${proof.provider}:${proof.externalId}`),
    welcome,
  })
  return { userId: row.user_id, key: keyRing.remember(row.user_id, row.key_id, row.wrapped_key), created: row.created }
}
