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

/** One subscription: the same subscriber may listen twice. */
interface Seat {
  subscriber: Subscriber
}

type Say = (subscriber: Subscriber) => unknown

/** A subscriber that throws or rejects is logged and disturbs nobody else. */
export function createTopics(log: Log): Topics {
  /** The arrays are never changed but replaced: whoever is telling goes on with the one they have. */
  const subscribers = new Map<string, readonly Seat[]>()
  let untold: { topic: string; seats: readonly Seat[]; say: Say }[] = []

  function tell(topic: string, say: Say): void {
    const seats = subscribers.get(topic)
    if (!seats) return
    if (untold.length === 0) setImmediate(tellAll)
    untold.push({ topic, seats, say })
  }

  function tellAll(): void {
    const now = untold
    untold = []
    for (const { topic, seats, say } of now) {
      for (const seat of seats) if (subscribers.get(topic)?.includes(seat)) attempt(seat.subscriber, say)
    }
  }

  function attempt(subscriber: Subscriber, say: Say): void {
    const failed = (error: unknown) => log.error('live.subscriber_failed', { error })
    try {
      const said = say(subscriber)
      if (said instanceof Promise) said.catch(failed)
    } catch (error) {
      failed(error)
    }
  }

  function remove(topic: string, seat: Seat): void {
    const left = subscribers.get(topic)?.filter((other) => other !== seat) ?? []
    if (left.length > 0) subscribers.set(topic, left)
    else subscribers.delete(topic)
  }

  return {
    add(topic, subscriber) {
      const seat = { subscriber }
      subscribers.set(topic, [...(subscribers.get(topic) ?? []), seat])
      return () => remove(topic, seat)
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
