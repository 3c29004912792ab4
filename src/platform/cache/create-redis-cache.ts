import { type Clock, systemClock } from '#platform/clock'
import { type Cache, VALUE_BYTES_MAX } from './cache.ts'

/** Where the values come from takes no longer than this: a Redis that is slower is no help. */
const ANSWER_WITHIN_MS = 50
/** Nobody waits for these. */
const WRITTEN_WITHIN_MS = 500
/** A Redis that was too slow is left alone so long: not every reply shall wait for it. */
const REST_MS = 2_000

/** What is needed of a Redis client; a command rejects at once while the server is away. */
export interface ByteStore {
  get(key: string): Promise<Buffer | null>
  set(key: string, value: Buffer, options: { PX: number }): Promise<unknown>
  del(key: string): Promise<unknown>
}

/** For all processes of one Redis. `name` tells what these values are apart from what else lies there. */
export function createRedisCache({
  redis,
  name,
  clock = systemClock,
}: {
  redis: ByteStore
  name: string
  clock?: Pick<Clock, 'monotonicMs'>
}): Cache {
  let restsUntilMs = Number.NEGATIVE_INFINITY
  const keyOf = (key: string) => `${name}:${key}`

  /** Undefined when it fails, takes too long, or Redis rests. */
  async function ask<Reply>(command: () => Promise<Reply>, withinMs: number): Promise<Reply | undefined> {
    if (clock.monotonicMs() < restsUntilMs) return undefined
    const late = Promise.withResolvers<undefined>()
    let answered = false
    // An answer that came while this process was busy is read first: it was not Redis that was slow.
    const timer = setTimeout(setImmediate, withinMs, giveUp)
    const reply = await Promise.race([command().catch(() => undefined), late.promise])
    answered = true
    clearTimeout(timer)
    return reply

    function giveUp(): void {
      if (answered) return
      restsUntilMs = clock.monotonicMs() + REST_MS
      late.resolve(undefined)
    }
  }

  return {
    async get(key) {
      return (await ask(() => redis.get(keyOf(key)), ANSWER_WITHIN_MS)) ?? null
    },
    async set(key, value, ttlMs) {
      const put = () => redis.set(keyOf(key), value, { PX: ttlMs })
      await ask(value.length > VALUE_BYTES_MAX ? () => redis.del(keyOf(key)) : put, WRITTEN_WITHIN_MS)
    },
    async forget(key) {
      // Also from a Redis that is slow: what is to be gone must not wait for it to be fast.
      await redis.del(keyOf(key)).catch(() => {})
    },
  }
}
