import { systemClock } from '#platform/clock'
import { type RedisClient, withinTime } from '#platform/redis'
import { createLocalPace } from './create-local-pace.ts'
import { type Pace, paceTimes } from './pace.ts'

/** Redis has this long to answer before this process keeps its own pace. */
const REDIS_TIMEOUT_MS = 500

/** One hash slot for all, because a place of the whole and one of the key are taken together. */
const keyOf = (name: string, key?: string) => `pace:{${name}}${key === undefined ? '' : `:${key}`}`

/**
 * KEYS: the whole, the key. ARGV in microseconds: interval of the whole, how far this one may go ahead of it, how far
 * anybody may, interval of the key, how far ahead of it. Gives how long to wait, 0 when both places are taken. A
 * number further ahead than anybody may go was written before Redis' clock was set back.
 */
const TAKE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local function place(key, interval, most)
    local at = tonumber(redis.call('GET', key) or 0)
    return math.min(math.max(at, now), now + most + interval)
  end
  local all = place(KEYS[1], ARGV[1], ARGV[3])
  local own = place(KEYS[2], ARGV[4], ARGV[5])
  local wait = math.max(all - ARGV[2], own - ARGV[5]) - now
  if wait > 0 then return math.ceil(wait) end
  local function move(key, at)
    redis.call('SET', key, string.format('%.0f', at), 'PX', math.ceil((at - now) / 1000) + 1)
  end
  move(KEYS[1], all + ARGV[1])
  move(KEYS[2], own + ARGV[4])
  return 0`

/**
 * The pace of all processes of one Redis, by its clock. While Redis is away or silent each process keeps the whole
 * pace by itself.
 * @param name which pace this is; processes that share one say the same
 */
export function createRedisPace(options: { redis: RedisClient; name: string; perSecond: number }): Pace {
  const { redis, name, perSecond } = options
  const { allMs, aheadMs, keyMs, keyAheadMs } = paceTimes(perSecond)
  const local = createLocalPace({ clock: systemClock, perSecond })
  return {
    everyMs: allMs,
    async take(key, precedence) {
      const lengths = [allMs, aheadMs[precedence], aheadMs.first, keyMs, keyAheadMs]
      const argv = lengths.map((ms) => String(Math.round(ms * 1_000)))
      const asked = redis.eval(TAKE, { keys: [keyOf(name), keyOf(name, key)], arguments: argv })
      const waitMicros = await withinTime(asked, REDIS_TIMEOUT_MS)
      return typeof waitMicros === 'number' ? Math.ceil(waitMicros / 1_000) : local.take(key, precedence)
    },
  }
}
