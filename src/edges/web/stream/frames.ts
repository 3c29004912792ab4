import type { Message } from '#contract/api'
import type { StreamEvent } from '#contract/events'

// Strings, as the socket takes them without a copy in between; who tells several pages makes the string once.

export const HEARTBEAT = ':\n\n'
export const RESET = 'event: reset\ndata: {}\n\n'

/** A durable event: its id is the place in the history. */
export function frameOfMessage(message: Message): string {
  return `id: ${message.seq}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`
}

export function frameOfEvent(event: Exclude<StreamEvent, { name: 'message' }>): string {
  return `event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`
}

/** What a reader that follows the standard waits before it connects again (HTML, server-sent events, `retry`). */
export function retryAfter(ms: number): string {
  return `retry: ${Math.round(ms)}\n\n`
}
