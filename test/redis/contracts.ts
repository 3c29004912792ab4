import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRedisLive, type Live } from '#platform/live'
import { createRedisPace } from '#platform/pace'
import { createRedisPresence } from '#platform/presence'
import { connectRedis, type RedisClient } from '#platform/redis'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { liveContract } from '../../src/platform/live/live-contract.ts'
import { paceContract } from '../../src/platform/pace/pace-contract.ts'
import { presenceContract } from '../../src/platform/presence/presence-contract.ts'
import { atEnd, type Scope, wholeFile } from '../harness/scope.ts'

const TYPING_TTL_MS = 500
const ONLINE_TTL_MS = 1_400

export const busKey = randomBytes(32)

/** Connected to all that serve; its end comes with the scope's. */
export async function connected(url: string, scope: Scope = wholeFile): Promise<RedisClient> {
  const redis = await connectRedis({ url, log })
  atEnd(scope, () => redis.destroy())
  await waitFor(() => redis.isReady, { what: 'Redis is connected' })
  return redis
}

export function liveOver(redis: RedisClient, scope: Scope = wholeFile): Live {
  const live = createRedisLive({ redis, busKey, log })
  atEnd(scope, () => live.close())
  return live
}

/** What rooms promise of Redis holds over this one too. */
export function contractsOver(name: string, [redis, otherRedis]: [RedisClient, RedisClient]): void {
  liveContract(name, async () => ({ here: liveOver(redis), there: liveOver(otherRedis) }))

  const times = { onlineTtlMs: ONLINE_TTL_MS, typingTtlMs: TYPING_TTL_MS }
  const passing = { 'a moment': 1, typing: TYPING_TTL_MS + 5, online: ONLINE_TTL_MS + 5 }
  presenceContract(name, async () => ({
    here: createRedisPresence({ redis, ...times }),
    there: createRedisPresence({ redis: otherRedis, ...times }),
    pass: (what) => sleep(passing[what]),
  }))

  let paces = 0
  paceContract(name, async (perSecond) => {
    const pace = `pace-${paces++}`
    return {
      here: createRedisPace({ redis, name: pace, perSecond }),
      there: createRedisPace({ redis: otherRedis, name: pace, perSecond }),
      pass: (ms) => sleep(ms),
      nowMs: () => performance.now(),
    }
  })
}
