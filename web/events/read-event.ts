import type { StreamEvent, StreamEventName } from '#contract/events'
import type { SseEvent } from './sse-parser.ts'

const KNOWN: ReadonlySet<string> = new Set<StreamEventName>([
  'message',
  'reply.started',
  'reply.delta',
  'reply.failed',
  'credits',
  'conversation',
  'presence',
  'memory',
  'reminders',
  'settings',
  'reset',
])

/** The contract's event in a line of the stream; null for names of a newer server and for broken data. */
export function readEvent({ name, data }: SseEvent): StreamEvent | null {
  if (!KNOWN.has(name)) return null
  try {
    return { name, data: JSON.parse(data) } as StreamEvent
  } catch {
    return null
  }
}
