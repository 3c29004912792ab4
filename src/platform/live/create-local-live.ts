import type { Log } from '#platform/log'
import { encodeEvent } from './encode-event.ts'
import type { Live } from './live.ts'
import { createTopics } from './topics.ts'

/** Live within one process, for the case that there is only one. */
export function createLocalLive({ log }: { log: Log }): Live {
  const topics = createTopics(log)
  return {
    publish(topic, event) {
      if (!topics.has(topic)) return
      const json = encodeEvent(event, log)
      if (json !== undefined) topics.deliver(topic, json)
    },
    async subscribe(topic, subscriber) {
      const remove = topics.add(topic, subscriber)
      return async () => remove()
    },
    close: async () => topics.clear(),
  }
}
