import type { Log } from '#platform/log'
import type { RedisClient } from '#platform/redis'
import { createBus } from './bus.ts'
import { encodeEvent } from './encode-event.ts'
import { listenOverRedis } from './listen-over-redis.ts'
import type { Live } from './live.ts'
import { sendOverRedis } from './send-over-redis.ts'
import { createTopics } from './topics.ts'

const SUBSCRIBE_WAIT_MS = 1_000

export interface RedisLiveOptions {
  /** For publishing; stays the caller's. Subscriptions get connections of their own. */
  redis: RedisClient
  /** 32 bytes, the same in all processes. */
  busKey: Buffer
  log: Log
}

/**
 * Live between processes by Redis' sharded channels. Subscribers in the same process are told directly, so that one
 * process works as ever while Redis is away.
 */
export function createRedisLive({ redis, busKey, log }: RedisLiveOptions): Live {
  const bus = createBus(busKey)
  const topics = createTopics(log)
  const listening = listenOverRedis(redis, bus, topics, log)
  const sender = sendOverRedis(redis, bus)
  return {
    publish(topic, event) {
      const json = encodeEvent(event, log)
      if (json === undefined) return
      topics.deliver(topic, json)
      sender.send(topic, json)
    },
    async subscribe(topic, subscriber) {
      const remove = topics.add(topic, subscriber)
      const confirmed = listening.ask(topic)
      if (!(await within(SUBSCRIBE_WAIT_MS, confirmed))) confirmed.then((done) => done && topics.gap([topic]))
      return async () => {
        remove()
        if (!topics.has(topic)) listening.forget(topic)
      }
    },
    async close() {
      topics.clear()
      sender.close()
      listening.close()
    },
  }
}

/** Whether the promise has settled within a time. */
async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(resolve, ms, false)
  const settled = await Promise.race([promise.then(() => true), late])
  clearTimeout(timer)
  return settled
}
