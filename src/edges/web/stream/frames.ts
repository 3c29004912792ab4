import type { Message } from '#contract/api'
import type { StreamEvent } from '#contract/events'

/** Of what many pages are told in the same words the bytes are made once. */
const frames = new WeakMap<object, Buffer>()

export const HEARTBEAT = Buffer.from(':\n\n')
export const RESET = Buffer.from('event: reset\ndata: {}\n\n')

/** A durable event: its id is the place in the history. */
export function frameOfMessage(message: Message): Buffer {
  return once(message, () => `id: ${message.seq}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`)
}

export function frameOfEvent(event: Exclude<StreamEvent, { name: 'message' }>): Buffer {
  return once(event, () => `event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`)
}

/** What a reader that follows the standard waits before it connects again (HTML, server-sent events, `retry`). */
export function retryAfter(ms: number): Buffer {
  return Buffer.from(`retry: ${Math.round(ms)}\n\n`)
}

function once(said: object, make: () => string): Buffer {
  const known = frames.get(said)
  if (known) return known
  const frame = Buffer.from(make())
  frames.set(said, frame)
  return frame
}
