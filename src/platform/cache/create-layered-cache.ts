import type { Cache } from './cache.ts'

/** A value that came from afar is asked for there again after this time. */
const NEAR_MS = 300_000

/**
 * What this process put in or asked for of late is found here, the rest where all processes find it. What is near may be
 * older than what another process has put in since. `forget` reaches all that is far, and what is near here alone.
 */
export function createLayeredCache({ near, far }: { near: Cache; far: Cache }): Cache {
  return {
    async get(key) {
      const known = await near.get(key)
      if (known) return known
      const value = await far.get(key)
      if (value) await near.set(key, value, NEAR_MS)
      return value
    },
    async set(key, value, ttlMs) {
      await near.set(key, value, Math.min(ttlMs, NEAR_MS))
      await far.set(key, value, ttlMs)
    },
    async forget(key) {
      await near.forget(key)
      await far.forget(key)
    },
  }
}
