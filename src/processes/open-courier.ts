import { createLimits, type Limits } from '#edges/http'
import { systemClock } from '#platform/clock'
import { connectRedis, createLocalLive, createRedisLive, type Live } from '#platform/live'
import type { Log } from '#platform/log'
import { createLocalPace, createRedisPace, type Pace } from '#platform/pace'
import { createLocalPresence, createRedisPresence, type Presence } from '#platform/presence'
import type { Vault } from '#platform/vault'
import type { Config } from './config.ts'

/** What all sends to Telegram share. */
const TELEGRAM_PACE = 'telegram'

/** What is fast and may be forgotten: wake-ups, presence, rate limits, the pace towards Telegram. */
export interface Courier {
  live: Live
  presence: Presence
  limits: Limits
  pace: Pace
  close(): Promise<void>
}

/** Redis between processes, or the same within this one. */
export async function openCourier(config: Config, vault: Vault, log: Log): Promise<Courier> {
  const perSecond = config.TELEGRAM_MESSAGES_PER_SECOND
  if (!config.REDIS_URL) {
    const live = createLocalLive({ log })
    const presence = createLocalPresence({ clock: systemClock })
    const pace = createLocalPace({ clock: systemClock, perSecond })
    return { live, presence, limits: createLimits(), pace, close: () => closeBoth(live, presence) }
  }
  const redis = await connectRedis({ url: config.REDIS_URL, log })
  const live = createRedisLive({ redis, busKey: vault.derive('live bus'), log })
  const presence = createRedisPresence({ redis })
  return {
    live,
    presence,
    limits: createLimits({ redis }),
    pace: createRedisPace({ redis, name: TELEGRAM_PACE, perSecond }),
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
