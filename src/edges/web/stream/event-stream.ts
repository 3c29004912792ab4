import type { ServerResponse } from 'node:http'
import type { Message } from '#contract/api'
import type { StreamEvent } from '#contract/events'
import type { Caller } from '#edges/http'
import { frameOfEvent, frameOfMessage, HEARTBEAT, RESET, retryAfter } from './frames.ts'

/** A reader that takes nothing is cut off when this much waits for it; it comes back with its last id. */
const BUFFER_MAX_BYTES = 512 * 1024
/** The second one keeps proxies from collecting the stream (nginx). */
export const STREAM_HEADERS = { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' }

/** One open page. Durable events go out in the order of seq, without gap or repeat; the rest is for the moment. */
export interface EventStream {
  readonly id: string
  readonly caller: Caller
  /** The seq of the last message that went out. */
  lastSeq(): number
  /** Sends a message if it is the very next one; false when something is missing before it. What the history itself says is next, is. */
  message(message: Message, fromHistory?: boolean): boolean
  event(event: Exclude<StreamEvent, { name: 'message' }>): void
  /** Forgets the past: the page fetches anew, and the stream goes on after `seq`. */
  reset(seq: number): void
  heartbeat(): void
  /** `retryMs`: when the page shall come back, if not as it was told at the beginning. */
  end(retryMs?: number): void
  readonly closed: boolean
}

export interface EventStreamOptions {
  id: string
  caller: Caller
  /** The stream goes on after this one. */
  startSeq: number
  headers: Record<string, string>
  /** How long the page waits before it connects again, unless it knows better. */
  retryMs: number
  /** Told of each message that went out. */
  written?: (message: Message) => void
}

export function createEventStream(
  response: ServerResponse,
  { id, caller, startSeq, headers, retryMs, written }: EventStreamOptions,
): EventStream {
  let seq = startSeq
  let closed = response.destroyed
  // Replies whose beginning this page has seen: a delta of any other would be a text without its start.
  const begun = new Set<string>()
  response.once('close', () => {
    closed = true
  })
  if (!closed) {
    response.writeHead(200, { ...headers, ...STREAM_HEADERS })
    write(retryAfter(retryMs))
  }

  return {
    id,
    caller,
    lastSeq: () => seq,
    message(message, fromHistory = false) {
      if (message.seq <= seq) return true
      if (message.seq > seq + 1 && !fromHistory) return false
      seq = message.seq
      if (message.turn && message.role === 'assistant') begun.delete(message.turn.id)
      write(frameOfMessage(message))
      if (!closed) written?.(message)
      return true
    },
    event(event) {
      if (event.name === 'reply.started') begun.add(event.data.turnId)
      if (event.name === 'reply.delta' && !begun.has(event.data.turnId)) return
      if (event.name === 'reply.failed') begun.delete(event.data.turnId)
      write(frameOfEvent(event))
    },
    reset(to) {
      seq = to
      begun.clear()
      write(RESET)
    },
    heartbeat: () => write(HEARTBEAT),
    end(retryMs) {
      if (retryMs !== undefined) write(retryAfter(retryMs))
      closed = true
      response.end()
    },
    get closed() {
      return closed
    },
  }

  function write(frame: Buffer): void {
    if (closed || response.destroyed) return
    response.write(frame)
    if (response.writableLength <= BUFFER_MAX_BYTES) return
    closed = true
    response.destroy()
  }
}
