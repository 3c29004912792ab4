import type { Executor } from '#platform/postgres'
import type { DataKey, Vault } from '#platform/vault'
import { createBoundedMap } from './bounded-map.ts'
import { readCurrentKey, readKey } from './key-store.ts'
import { LostKeyError } from './lost-key-error.ts'

/** About 1 KiB each. */
const KEYS_CACHED_MAX = 20_000

/** The data keys of users, unwrapped once per process. All methods throw LostKeyError when there is no such key. */
export interface KeyRing {
  /** The key that seals this user's new rows. A merged user's id answers with the user it lives on in. */
  current(userId: string): Promise<{ userId: string; key: DataKey }>
  /** The key that a sealed row names (`vault.keyIdOf`); it must be this user's. */
  byId(userId: string, keyId: string): Promise<DataKey>
  /** Keeps the current key of a user that somebody has just read anyway. */
  remember(userId: string, keyId: string, wrapped: Uint8Array): DataKey
  /** These users are gone, and their keys destroyed; null: somebody may be, so all are read anew. */
  forget(userIds: readonly string[] | null): void
  /** Hears of the same, for whoever else keeps something about users. */
  onForgotten(hear: (userIds: readonly string[] | null) => void): void
}

export function createKeyRing({ vault, db }: { vault: Vault; db: Executor }): KeyRing {
  const keys = createBoundedMap<DataKey>(KEYS_CACHED_MAX)
  const currentKeyIds = createBoundedMap<string>(KEYS_CACHED_MAX)
  const hearers: ((userIds: readonly string[] | null) => void)[] = []
  return { current, byId, remember, forget, onForgotten: (hear) => void hearers.push(hear) }

  async function current(userId: string): Promise<{ userId: string; key: DataKey }> {
    const keyId = currentKeyIds.get(userId)
    const known = keyId && keys.get(place(userId, keyId))
    if (known) return { userId, key: known }
    const row = await readCurrentKey(db, userId)
    if (!row) throw new LostKeyError('this user has no data key')
    return { userId: row.user_id, key: remember(row.user_id, row.key_id, row.wrapped_key) }
  }

  async function byId(userId: string, keyId: string): Promise<DataKey> {
    const known = keys.get(place(userId, keyId))
    if (known) return known
    const wrapped = await readKey(db, userId, keyId)
    if (!wrapped) throw new LostKeyError('this user has no such data key')
    return unwrap(userId, keyId, wrapped)
  }

  function remember(userId: string, keyId: string, wrapped: Uint8Array): DataKey {
    currentKeyIds.set(userId, keyId)
    return keys.get(place(userId, keyId)) ?? unwrap(userId, keyId, wrapped)
  }

  function forget(userIds: readonly string[] | null): void {
    const gone = userIds && new Set(userIds)
    currentKeyIds.forget((userId) => gone?.has(userId) ?? true)
    keys.forget((at) => gone?.has(at.slice(0, at.indexOf('/'))) ?? true)
    for (const hear of hearers) hear(userIds)
  }

  function unwrap(userId: string, keyId: string, wrapped: Uint8Array): DataKey {
    const key = vault.unwrap(keyId, wrapped)
    keys.set(place(userId, keyId), key)
    return key
  }
}

/** After a merge the same key is asked for under the survivor's id, and its owner is checked anew. */
function place(userId: string, keyId: string): string {
  return `${userId}/${keyId}`
}
