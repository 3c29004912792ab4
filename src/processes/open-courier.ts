import { createLimits, type Limits } from '#edges/http'
import { systemClock } from '#platform/clock'
import { connectRedis, createLocalLive, createRedisLive, type Live } from '#platform/live'
import type { Log } from '#platform/log'
import { createLocalPresence, createRedisPresence, type Presence } from '#platform/presence'
import type { Vault } from '#platform/vault'
import type { Config } from './config.ts'

/** What is fast and may be forgotten: wake-ups, presence, rate limits. */
export interface Courier {
  live: Live
  presence: Presence
  limits: Limits
  close(): Promise<void>
}

/** Redis between processes, or the same within this one. */
export async function openCourier(config: Config, vault: Vault, log: Log): Promise<Courier> {
  if (!config.REDIS_URL) {
    const live = createLocalLive({ log })
    const presence = createLocalPresence({ clock: systemClock })
    return { live, presence, limits: createLimits(), close: () => closeBoth(live, presence) }
  }
  const redis = await connectRedis({ url: config.REDIS_URL, log })
  const live = createRedisLive({ redis, busKey: vault.derive('live bus'), log })
  const presence = createRedisPresence({ redis })
  return {
    live,
    presence,
    limits: createLimits({ redis }),
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
