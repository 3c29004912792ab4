import { createLimits, type Limits } from '#edges/http'
import { type Cache, createLayeredCache, createLocalCache, createRedisCache } from '#platform/cache'
import { systemClock } from '#platform/clock'
import { createLocalLive, createRedisLive, type Live } from '#platform/live'
import type { Log } from '#platform/log'
import type { Metrics } from '#platform/metrics'
import { createLocalPace, createRedisPace, type Pace } from '#platform/pace'
import { createLocalPresence, createRedisPresence, type Presence } from '#platform/presence'
import { connectRedis } from '#platform/redis'
import type { Vault } from '#platform/vault'
import type { Config } from './config.ts'
import { redisMetrics } from './redis-metrics.ts'

/** What all sends to Telegram share. */
const TELEGRAM_PACE = 'telegram'

/** Recent messages of talks, sealed. */
const RECENT = 'recent'

/** What is fast and may be forgotten: wake-ups, presence, rate limits, the pace towards Telegram, recent messages. */
export interface Courier {
  live: Live
  presence: Presence
  limits: Limits
  pace: Pace
  recent: Cache
  /** What leaves this process in no case. */
  near: Cache
  close(): Promise<void>
}

/** Redis between processes, or the same within this one. */
export async function openCourier(config: Config, vault: Vault, metrics: Metrics, log: Log): Promise<Courier> {
  const perSecond = config.TELEGRAM_MESSAGES_PER_SECOND
  const near = createLocalCache({ clock: systemClock })
  if (!config.REDIS_URL) {
    const live = createLocalLive({ log })
    const presence = createLocalPresence({ clock: systemClock })
    const pace = createLocalPace({ clock: systemClock, perSecond })
    return { live, presence, limits: createLimits(), pace, recent: near, near, close: () => closeBoth(live, presence) }
  }
  const redis = await connectRedis({ url: config.REDIS_URL, log, watch: redisMetrics(metrics) })
  const live = createRedisLive({ redis, busKey: vault.derive('live bus'), log })
  const presence = createRedisPresence({ redis })
  return {
    live,
    presence,
    limits: createLimits({ redis }),
    pace: createRedisPace({ redis, name: TELEGRAM_PACE, perSecond }),
    near,
    recent: createLayeredCache({ near, far: createRedisCache({ redis: redis, name: RECENT }) }),
    async close() {
      await closeBoth(live, presence)
      redis.destroy()
    },
  }
}

async function closeBoth(live: Live, presence: Presence): Promise<void> {
  await presence.close()
  await live.close()
}
