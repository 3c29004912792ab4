import type { RedisClient } from '#platform/redis'
import { type Bus, GAP } from './bus.ts'

const MISSED_TOPICS_MAX = 10_000
/** Each success tells some more; all at once would fill the queue that has just emptied. */
const TOLD_AT_ONCE_MAX = 10

/**
 * Sends what other processes should hear. What cannot go out is dropped; its topic is kept, and a gap is told on it as
 * soon as something gets through again.
 */
export function sendOverRedis(
  redis: RedisClient,
  bus: Bus,
): { send(topic: string, json: string): void; close(): void } {
  const missed = new Set<string>()

  function send(topic: string, text: string): void {
    redis.publish(bus.channelOf(topic), bus.pack(topic, text)).then(tellMissed, () => {
      if (missed.size < MISSED_TOPICS_MAX) missed.add(topic)
    })
  }

  function tellMissed(): void {
    for (const topic of [...missed.values().take(TOLD_AT_ONCE_MAX)]) {
      missed.delete(topic)
      send(topic, GAP)
    }
  }

  return { send, close: redis.onUp(tellMissed) }
}
