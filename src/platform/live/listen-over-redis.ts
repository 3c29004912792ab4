import type { Log } from '#platform/log'
import type { RedisClient, Subscriptions } from '#platform/redis'
import { type Bus, GAP } from './bus.ts'
import type { Topics } from './topics.ts'

export interface Listening {
  /** True once Redis confirms; false when it is away: a gap is told when the topic is heard at last. */
  ask(topic: string): Promise<boolean>
  /** Ends the subscription of a topic to which nobody listens any more. */
  forget(topic: string): void
  close(): void
}

/** Keeps one subscription per topic that has subscribers here. */
export function listenOverRedis(redis: RedisClient, bus: Bus, topics: Topics, log: Log): Listening {
  const subscriptions: Subscriptions = redis.subscribe({
    message: receive,
    wants: (channel) => topics.has(bus.topicOf(channel)),
    wanted: () => topics.names().map(bus.channelOf),
    resumed: (channels) => topics.gap(channels.map(bus.topicOf)),
  })
  return {
    ask: (topic) => subscriptions.ask(bus.channelOf(topic)),
    forget: (topic) => subscriptions.forget(bus.channelOf(topic)),
    close: () => subscriptions.close(),
  }

  function receive(channel: string, payload: Buffer): void {
    const topic = bus.topicOf(channel)
    const unpacked = bus.unpack(topic, payload)
    if (!unpacked) log.warn('live.unreadable')
    else if (unpacked.own) return
    else if (unpacked.text === GAP) topics.gap([topic])
    else topics.deliver(topic, unpacked.text)
  }
}
