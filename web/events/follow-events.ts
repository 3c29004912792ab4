import type { StreamEvent } from '#contract/events'
import { STREAM_HEARTBEAT_SECONDS } from '#contract/limits'
import { ApiError } from '../api/api-error.ts'
import { backoffMs } from './backoff.ts'
import { readEvent } from './read-event.ts'
import { createSseParser } from './sse-parser.ts'

const SILENCE_MAX_MS = STREAM_HEARTBEAT_SECONDS * 1000 * 2.5

/** No server makes a page wait longer than this. */
const RETRY_MAX_MS = 60_000

/** `crowded`: the reader has as many pages open as may be, and this one is one too many. */
export type StreamStatus = 'connecting' | 'live' | 'waiting' | 'crowded'

export interface FollowOptions {
  open(lastEventId: number, signal: AbortSignal): Promise<Response>
  lastEventId(): number
  onOpen(): void
  onEvent(event: StreamEvent): void
  onStatus(status: StreamStatus): void
  /** Calls back when waiting makes no sense any more; returns how to stop that. */
  onWake(wake: () => void): () => void
}

/**
 * Keeps one event stream open until stopped: resumes after the last message seen, comes back with back-off and jitter,
 * at once when the network returns or the page is looked at again. Stops for good on 401. Returns the stop.
 */
export function followEvents(options: FollowOptions): () => void {
  const stopped = new AbortController()
  let wake = () => {}
  const forget = options.onWake(() => wake())
  stopped.signal.addEventListener('abort', () => {
    forget()
    wake()
  })
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  void run(options, stopped.signal, pause)
  return () => stopped.abort()
}

async function run(options: FollowOptions, stopped: AbortSignal, pause: (ms: number) => Promise<void>): Promise<void> {
  let failures = 0
  // When the server says to come back after a cut: it knows how many others do.
  const told = { retryMs: 0 }
  options.onStatus('connecting')
  for (;;) {
    const opened = { yet: false }
    const error = await readOnce(options, stopped, opened, told).catch((reason: unknown) => reason)
    if (stopped.aborted || (error instanceof ApiError && error.status === 401)) return
    failures = opened.yet ? 0 : failures + 1
    // A stream that was open and ended is mostly a restart: one quiet try before anybody is told.
    options.onStatus(failures === 0 ? 'connecting' : statusAfter(error))
    const asked = error instanceof ApiError && error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : 0
    await pause(Math.max(failures === 0 ? told.retryMs : 0, backoffMs(failures), asked))
    if (stopped.aborted) return
  }
}

function statusAfter(error: unknown): StreamStatus {
  return error instanceof ApiError && error.code === 'too_many_streams' ? 'crowded' : 'waiting'
}

/** One stream from its opening to its end, however it ends. */
async function readOnce(
  options: FollowOptions,
  stopped: AbortSignal,
  opened: { yet: boolean },
  told: { retryMs: number },
): Promise<void> {
  const ended = new AbortController()
  const end = () => ended.abort()
  stopped.addEventListener('abort', end)
  let timer = setTimeout(end, SILENCE_MAX_MS)
  try {
    const response = await options.open(options.lastEventId(), ended.signal)
    opened.yet = true
    options.onOpen()
    options.onStatus('live')
    const feed = createSseParser(
      (line) => {
        const event = readEvent(line)
        if (event) options.onEvent(event)
      },
      (ms) => {
        told.retryMs = Math.min(ms, RETRY_MAX_MS)
      },
    )
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const piece = await reader?.read()
      if (!piece || piece.done) return
      clearTimeout(timer)
      timer = setTimeout(end, SILENCE_MAX_MS)
      feed(piece.value)
    }
  } finally {
    clearTimeout(timer)
    stopped.removeEventListener('abort', end)
    end()
  }
}
