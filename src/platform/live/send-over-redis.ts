import { type Bus, GAP } from './bus.ts'
import type { RedisClient } from './connect-redis.ts'

const MISSED_TOPICS_MAX = 10_000

/**
 * Sends what other processes should hear. What cannot go out is dropped; its topic is kept, and a gap is told on it as
 * soon as Redis is back.
 */
export function sendOverRedis(
  redis: RedisClient,
  bus: Bus,
): { send(topic: string, json: string): void; close(): void } {
  const missed = new Set<string>()

  function send(topic: string, text: string): void {
    redis.sPublish(bus.channelOf(topic), bus.pack(topic, text)).catch(() => {
      if (missed.size < MISSED_TOPICS_MAX) missed.add(topic)
    })
  }

  function tellMissed(): void {
    const topics = [...missed]
    missed.clear()
    for (const topic of topics) send(topic, GAP)
  }

  redis.on('ready', tellMissed)
  return { send, close: () => redis.off('ready', tellMissed) }
}
