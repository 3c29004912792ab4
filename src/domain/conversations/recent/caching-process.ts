import { createHistory, type History, type RecentOutcome } from '#domain/conversations'
import { createKeyRing, type KeyRing } from '#domain/identity'
import { type Cache, createLayeredCache, createLocalCache, createRedisCache } from '#platform/cache'
import { systemClock } from '#platform/clock'
import type { RedisClient } from '#platform/redis'
import type { Rooms } from '#test/rooms'

/** A process that keeps recent messages: near, and in Redis for the others. */
export interface CachingProcess {
  history: History
  keys: KeyRing
  /** What the readings came to, in order. */
  outcomes: RecentOutcome[]
  /** All that was to be cached lies there. */
  settled(): Promise<void>
}

export function cachingProcess(
  { db, vault }: Pick<Rooms, 'db' | 'vault'>,
  redis: RedisClient,
  { isNear = true }: { isNear?: boolean } = {},
): CachingProcess {
  const outcomes: RecentOutcome[] = []
  const far = createRedisCache({ redis, name: 'recent' })
  const cache = isNear ? createLayeredCache({ near: createLocalCache({ clock: systemClock }), far }) : far
  const { settled, ...tracked } = track(cache, createKeyRing({ vault, db }))
  const measureRecent = (outcome: RecentOutcome) => void outcomes.push(outcome)
  return { history: createHistory({ vault, ...tracked, measureRecent }), keys: tracked.keys, outcomes, settled }
}

/** Nobody waits for a value to be cached, but a test. */
function track(cache: Cache, keys: KeyRing) {
  const under: Promise<unknown>[] = []
  const note = <T>(step: Promise<T>): Promise<T> => {
    under.push(step)
    return step
  }
  const settled = async () => {
    await new Promise(setImmediate)
    while (under.length > 0) {
      await Promise.allSettled(under.splice(0))
      await new Promise(setImmediate)
    }
  }
  return {
    cache: { ...cache, set: (...value) => note(cache.set(...value)) } satisfies Cache,
    keys: { ...keys, current: (userId) => note(keys.current(userId)) } satisfies KeyRing,
    settled,
  }
}
