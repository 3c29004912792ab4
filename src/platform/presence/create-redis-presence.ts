import { systemClock } from '#platform/clock'
import type { RedisClient } from '#platform/live'
import { createLocalPresence } from './create-local-presence.ts'
import { ONLINE_TTL_MS, type Presence, type PresenceTimes, TYPING_TTL_MS } from './presence.ts'

const REDIS_TIMEOUT_MS = 500

/** One sorted set per user: members `online:<interface>` and `typing:<interface>`, scored by the end on Redis' clock. */
const keyOf = (userId: string) => `presence:{${userId}}`

const NOW = `local time = redis.call('TIME') local now = time[1] * 1000 + math.floor(time[2] / 1000)`
const MARK = `${NOW}
  for i = 1, #ARGV, 2 do redis.call('ZADD', KEYS[1], now + ARGV[i + 1], ARGV[i]) end
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
  redis.call('PEXPIRE', KEYS[1], last[2] - now)`
const LIST = `${NOW} return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')`

/**
 * Presence for all processes of one Redis. What this process saw itself is kept here too, and is the answer while
 * Redis is away or silent.
 */
export function createRedisPresence({ redis, ...times }: { redis: RedisClient } & PresenceTimes): Presence {
  const { onlineTtlMs = ONLINE_TTL_MS, typingTtlMs = TYPING_TTL_MS } = times
  const local = createLocalPresence({ clock: systemClock, ...times })

  const ask = <Reply>(command: Promise<Reply>): Promise<Reply | undefined> => withinTime(command, REDIS_TIMEOUT_MS)
  const mark = (userId: string, marks: [string, number][]) =>
    ask(
      redis.eval(MARK, {
        keys: [keyOf(userId)],
        arguments: marks.flatMap(([member, ttlMs]) => [member, String(ttlMs)]),
      }),
    )

  return {
    async seen(userId, at) {
      await local.seen(userId, at)
      await mark(userId, [[`online:${at}`, onlineTtlMs]])
    },
    async left(userId, at) {
      await local.left(userId, at)
      await ask(redis.zRem(keyOf(userId), [`online:${at}`, `typing:${at}`]))
    },
    async typing(userId, at) {
      await local.typing(userId, at)
      await mark(userId, [
        [`online:${at}`, onlineTtlMs],
        [`typing:${at}`, typingTtlMs],
      ])
    },
    async of(userId) {
      const members = await ask(redis.eval(LIST, { keys: [keyOf(userId)] }))
      if (!Array.isArray(members)) return local.of(userId)
      const named = (kind: string) =>
        members.flatMap((member) => (String(member).startsWith(kind) ? [String(member).slice(kind.length)] : [])).sort()
      return { online: named('online:'), typing: named('typing:') }
    },
    close: () => local.close(),
  }
}

/** Undefined when it fails or takes too long. */
async function withinTime<Reply>(command: Promise<Reply>, ms: number): Promise<Reply | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, ms, undefined)
  const reply = await Promise.race([command.catch(() => undefined), late])
  clearTimeout(timer)
  return reply
}
