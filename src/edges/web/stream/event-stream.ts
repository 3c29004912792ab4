import type { ServerResponse } from 'node:http'
import type { Message } from '#contract/api'
import type { StreamEvent } from '#contract/events'
import type { Caller } from '#edges/http'
import { frameOfMessage, HEARTBEAT, RESET, retryAfter } from './frames.ts'
import { delayToPage, type Synced } from './time-to-page.ts'

/** A reader that takes nothing is cut off when this much waits for it; it comes back with its last id. */
const BUFFER_MAX_BYTES = 512 * 1024
/** The second one keeps proxies from collecting the stream (nginx). */
export const STREAM_HEADERS = { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' }

/** An event that is for the moment, with its bytes made once for all pages. */
export interface Said {
  event: Exclude<StreamEvent, { name: 'message' }>
  frame: string
}

export interface EventStreamOptions {
  id: string
  caller: Caller
  /** Which of the person's pages it is. */
  page: string
  /** The stream goes on after this one. */
  startSeq: number
  /** Whether that was the end of the history when it was looked at, so that nothing is missed by then. */
  atEnd: boolean
  headers: Record<string, string>
  /** How long the page waits before it connects again, unless it knows better. */
  retryMs: number
  /** Told how late each message of another interface went out. */
  synced?: Synced | undefined
}

/**
 * One open page. Durable events go out in the order of seq, without gap or repeat; the rest is for the moment.
 * A class, and with no more in it than a stream needs: a process holds tens of thousands of them, and closures would
 * cost each a quarter more.
 */
export class EventStream {
  readonly id: string
  readonly page: string
  readonly userId: string
  readonly sessionId: string
  readonly interface: Caller['interface']
  readonly locale: Caller['locale']
  readonly atEnd: boolean
  /** When it was opened, in milliseconds since 1970. */
  readonly openedAtMs = Date.now()
  /** The seq of the last message that went out. */
  lastSeq: number
  closed: boolean
  readonly #response: ServerResponse
  readonly #synced: Synced | undefined
  /** Replies whose beginning this page has seen: a delta of any other would be a text without its start. */
  #begun: Set<string> | null = null

  constructor(
    response: ServerResponse,
    { id, page, caller, startSeq, atEnd, headers, retryMs, synced }: EventStreamOptions,
  ) {
    this.id = id
    this.page = page
    this.userId = caller.userId
    this.sessionId = caller.sessionId
    this.interface = caller.interface
    this.locale = caller.locale
    this.lastSeq = startSeq
    this.atEnd = atEnd
    this.closed = response.destroyed
    this.#response = response
    this.#synced = synced
    if (this.closed) return
    // The stream ends with its connection: chunks of HTTP/1.1 would cost every write three more pieces, for nothing.
    response.useChunkedEncodingByDefault = false
    response.writeHead(200, { ...headers, ...STREAM_HEADERS })
    this.#write(retryAfter(retryMs))
  }

  /** Sends a message if it is the very next one; false when something is missing before it. What the history itself says is next, is. */
  message(message: Message, { frame, fromHistory = false }: { frame?: string; fromHistory?: boolean } = {}): boolean {
    if (message.seq <= this.lastSeq) return true
    if (message.seq > this.lastSeq + 1 && !fromHistory) return false
    this.lastSeq = message.seq
    if (message.turn && message.role === 'assistant') this.#begun?.delete(message.turn.id)
    this.#write(frame ?? frameOfMessage(message))
    const lateMs = this.closed ? null : delayToPage(message, this)
    if (lateMs !== null) this.#synced?.(lateMs / 1000)
    return true
  }

  say({ event, frame }: Said): void {
    if (event.name === 'reply.started') {
      this.#begun ??= new Set()
      this.#begun.add(event.data.turnId)
    }
    if (event.name === 'reply.delta' && !this.#begun?.has(event.data.turnId)) return
    if (event.name === 'reply.failed') this.#begun?.delete(event.data.turnId)
    this.#write(frame)
  }

  /** Forgets the past: the page fetches anew, and the stream goes on after `seq`. */
  reset(seq: number): void {
    this.lastSeq = seq
    this.#begun = null
    this.#write(RESET)
  }

  heartbeat(): void {
    this.#write(HEARTBEAT)
  }

  /** Resolves when the socket takes more, or the reader is gone. */
  async drained(): Promise<void> {
    const response = this.#response
    if (this.closed || !response.writableNeedDrain) return
    await new Promise<void>((resolve) => {
      const goOn = () => {
        response.off('drain', goOn).off('close', goOn)
        resolve()
      }
      response.on('drain', goOn).on('close', goOn)
    })
  }

  /** `retryMs`: when the page shall come back, if not as it was told at the beginning. */
  end(retryMs?: number): void {
    if (retryMs !== undefined) this.#write(retryAfter(retryMs))
    this.closed = true
    this.#response.end()
  }

  /** Hangs up at once: nobody is there to be told anything. */
  cut(): void {
    this.closed = true
    this.#response.destroy()
  }

  #write(frame: string): void {
    if (this.closed || this.#response.destroyed) return
    this.#response.write(frame)
    if (this.#response.writableLength > BUFFER_MAX_BYTES) this.cut()
  }
}
