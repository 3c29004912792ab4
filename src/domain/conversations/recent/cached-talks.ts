import { createSealedCache, type KeyRing } from '#domain/identity'
import type { Cache } from '#platform/cache'
import type { Vault } from '#platform/vault'
import { type RecentTalk, readBack, talkPlace, writeDown } from './recent-talk.ts'

/** Who says nothing for so long is read from the database again. */
const CACHED_MS = 3_600_000

/** The talk that each user had last. */
export interface CachedTalks {
  find(userId: string, conversationId: string): Promise<RecentTalk | null>
  put(userId: string, conversationId: string, talk: RecentTalk): Promise<void>
}

export function createCachedTalks(deps: { cache: Cache; vault: Vault; keys: KeyRing }): CachedTalks {
  const talks = createSealedCache({ ...deps, purpose: 'recent messages', ttlMs: CACHED_MS })
  return {
    async find(userId, conversationId) {
      const bytes = await talks.find(userId, talkPlace(userId, conversationId))
      return bytes && readBack(bytes, userId, conversationId)
    },
    put: (userId, conversationId, talk) => talks.put(userId, talkPlace(userId, conversationId), writeDown(talk)),
  }
}
