import type { Log } from '#platform/log'
import type { Subscriber } from './live.ts'

/** Who listens to what within this process. */
export interface Topics {
  /** Returns how to take this subscription away again. */
  add(topic: string, subscriber: Subscriber): () => void
  has(topic: string): boolean
  names(): string[]
  /** Delivers soon to those who listen now. `json` is parsed once for all of them. */
  deliver(topic: string, json: string): void
  gap(topics: Iterable<string>): void
  clear(): void
}

/** A subscriber that throws or rejects is logged and disturbs nobody else. */
export function createTopics(log: Log): Topics {
  const subscribers = new Map<string, Set<Subscriber>>()

  function tell(topic: string, say: (subscriber: Subscriber) => unknown): void {
    const listening = [...(subscribers.get(topic) ?? [])]
    if (listening.length === 0) return
    setImmediate(() => {
      for (const subscriber of listening) {
        if (subscribers.get(topic)?.has(subscriber)) attempt(() => say(subscriber))
      }
    })
  }

  function attempt(say: () => unknown): void {
    const failed = (error: unknown) => log.error('live.subscriber_failed', { error })
    try {
      const said = say()
      if (said instanceof Promise) said.catch(failed)
    } catch (error) {
      failed(error)
    }
  }

  return {
    add(topic, subscriber) {
      // A seat of its own: the same subscriber may listen twice.
      const seat: Subscriber = { event: (event) => subscriber.event(event), gap: () => subscriber.gap?.() }
      const seats = subscribers.get(topic) ?? new Set()
      subscribers.set(topic, seats.add(seat))
      return () => {
        if (seats.delete(seat) && seats.size === 0) subscribers.delete(topic)
      }
    },
    has: (topic) => subscribers.has(topic),
    names: () => [...subscribers.keys()],
    deliver(topic, json) {
      if (!subscribers.has(topic)) return
      const event: unknown = JSON.parse(json)
      tell(topic, (subscriber) => subscriber.event(event))
    },
    gap(topics) {
      for (const topic of topics) tell(topic, (subscriber) => subscriber.gap?.())
    },
    clear: () => subscribers.clear(),
  }
}
