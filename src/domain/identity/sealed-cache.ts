import type { Cache } from '#platform/cache'
import type { Place, Vault } from '#platform/vault'
import { isDamage } from './damage.ts'
import type { KeyRing } from './key-ring.ts'

/** Bytes of users that can be made anew, each sealed with its user's own key: they open no longer than that key lives. */
export interface SealedCache {
  /** Null when there is none, or it was not put in for this place. */
  find(userId: string, place: Place): Promise<Buffer | null>
  /** One value of each user: the next takes its place. */
  put(userId: string, place: Place, bytes: Buffer): Promise<void>
  forget(userId: string): Promise<void>
}

export interface SealedCacheOptions {
  cache: Cache
  vault: Vault
  keys: KeyRing
  /** Tells its values from those of others; nobody reads in the cache whose they are. */
  purpose: string
  ttlMs: number
}

export function createSealedCache({ cache, vault, keys, purpose, ttlMs }: SealedCacheOptions): SealedCache {
  const keyOf = (userId: string) => vault.hmac(purpose, userId).toString('base64url')
  keys.onForgotten((userIds) => {
    for (const userId of userIds ?? []) void cache.forget(keyOf(userId))
  })
  return {
    forget: (userId) => cache.forget(keyOf(userId)),
    async find(userId, place) {
      const sealed = await cache.get(keyOf(userId))
      if (!sealed) return null
      try {
        return vault.openBytes(await keys.byId(userId, vault.keyIdOf(sealed)), place, sealed)
      } catch (error) {
        // Of another place, of before a merge, or nobody of ours has put it there.
        if (isDamage(error)) return null
        throw error
      }
    },
    async put(userId, place, bytes) {
      const owner = await keys.current(userId)
      if (owner.userId === userId) await cache.set(keyOf(userId), vault.sealBytes(owner.key, place, bytes), ttlMs)
    },
  }
}
