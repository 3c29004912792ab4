import { systemClock } from '#platform/clock'
import { type RedisClient, withinTime } from '#platform/redis'
import { createLocalPresence } from './create-local-presence.ts'
import {
  ONLINE_TTL_MS,
  PLACES_MAX,
  type Presence,
  type PresenceTimes,
  TYPING_TTL_MS,
  type WhoIsThere,
} from './presence.ts'

const REDIS_TIMEOUT_MS = 500

/** One sorted set per user: members `online:<place>` and `typing:<place>`, scored by the end on Redis' clock. */
const keyOf = (userId: string) => `presence:{${userId}}`

const NOW = `local time = redis.call('TIME') local now = time[1] * 1000 + math.floor(time[2] / 1000)`
/** Each place may stand there twice, as online and as typing. */
const MEMBERS_MAX = 2 * PLACES_MAX
const MARK = `${NOW}
  for i = 1, #ARGV, 2 do redis.call('ZADD', KEYS[1], now + ARGV[i + 1], ARGV[i]) end
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -${MEMBERS_MAX + 1})
  local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
  redis.call('PEXPIRE', KEYS[1], last[2] - now)`
const LIST = `${NOW} return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')`

/**
 * Presence for all processes of one Redis. What this process saw itself is kept here too: it is the answer while Redis
 * is away or silent, and part of it while Redis takes nothing (full, or a replica).
 */
export function createRedisPresence({ redis, ...times }: { redis: RedisClient } & PresenceTimes): Presence {
  const { onlineTtlMs = ONLINE_TTL_MS, typingTtlMs = TYPING_TTL_MS } = times
  const local = createLocalPresence({ clock: systemClock, ...times })
  let refused = false

  const ask = <Reply>(command: Promise<Reply>): Promise<Reply | undefined> => withinTime(command, REDIS_TIMEOUT_MS)
  async function mark(userId: string, marks: [string, number][]): Promise<void> {
    const values = marks.flatMap(([member, ttlMs]) => [member, String(ttlMs)])
    refused = (await ask(redis.eval(MARK, { keys: [keyOf(userId)], arguments: values }))) === undefined
  }

  return {
    async seen(userId, at) {
      await local.seen(userId, at)
      await mark(userId, [[`online:${at}`, onlineTtlMs]])
    },
    async left(userId, at) {
      await local.left(userId, at)
      const key = keyOf(userId)
      await ask(redis.send(key, ['ZREM', key, `online:${at}`, `typing:${at}`]))
    },
    async typing(userId, at) {
      await local.typing(userId, at)
      await mark(userId, [
        [`online:${at}`, onlineTtlMs],
        [`typing:${at}`, typingTtlMs],
      ])
    },
    async wrote(userId, at) {
      await local.wrote(userId, at)
      // A time that is over takes the sign away.
      await mark(userId, [
        [`online:${at}`, onlineTtlMs],
        [`typing:${at}`, 0],
      ])
    },
    async forget(userId) {
      await local.forget(userId)
      await ask(redis.del(keyOf(userId)))
    },
    async of(userId) {
      const members = await ask(redis.eval(LIST, { keys: [keyOf(userId)] }))
      if (!Array.isArray(members)) return local.of(userId)
      const named = (kind: string) =>
        members.flatMap((member) => (String(member).startsWith(kind) ? [String(member).slice(kind.length)] : [])).sort()
      const there = { online: named('online:'), typing: named('typing:') }
      return refused ? together(there, await local.of(userId)) : there
    },
    close: () => local.close(),
  }
}

function together(one: WhoIsThere, other: WhoIsThere): WhoIsThere {
  const both = (kind: keyof WhoIsThere) => [...new Set([...one[kind], ...other[kind]])].sort()
  return { online: both('online'), typing: both('typing') }
}
