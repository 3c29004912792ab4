import type { Clock } from '#platform/clock'
import { type Cache, VALUE_BYTES_MAX } from './cache.ts'

/** All values together; what was asked for longest ago goes first. */
const BYTES_MAX = 16 * 1_024 * 1_024

interface Kept {
  value: Buffer
  expiresAtMs: number
}

/** Within one process. */
export function createLocalCache({ clock, bytesMax = BYTES_MAX }: { clock: Clock; bytesMax?: number }): Cache {
  const entries = new Map<string, Kept>()
  let bytes = 0

  function drop(key: string): Kept | undefined {
    const kept = entries.get(key)
    if (!kept) return undefined
    entries.delete(key)
    bytes -= kept.value.length
    return kept
  }

  return {
    async get(key) {
      const kept = drop(key)
      if (!kept || kept.expiresAtMs <= clock.monotonicMs()) return null
      entries.set(key, kept)
      bytes += kept.value.length
      return kept.value
    },
    async set(key, value, ttlMs) {
      drop(key)
      if (value.length > VALUE_BYTES_MAX) return
      entries.set(key, { value, expiresAtMs: clock.monotonicMs() + ttlMs })
      bytes += value.length
      for (const oldest of entries.keys()) {
        if (bytes <= bytesMax) return
        drop(oldest)
      }
    },
    async forget(key) {
      drop(key)
    },
  }
}
