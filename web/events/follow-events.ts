import type { StreamEvent } from '#contract/events'
import { STREAM_HEARTBEAT_SECONDS } from '#contract/limits'
import { ApiError } from '../api/api-error.ts'
import { backoffMs } from './backoff.ts'
import { readEvent } from './read-event.ts'
import { createSseParser } from './sse-parser.ts'

const SILENCE_MAX_MS = STREAM_HEARTBEAT_SECONDS * 1000 * 2.5

export type StreamStatus = 'connecting' | 'live' | 'waiting'

export interface FollowOptions {
  open(lastEventId: number, signal: AbortSignal): Promise<Response>
  lastEventId(): number
  onOpen(): void
  onEvent(event: StreamEvent): void
  onStatus(status: StreamStatus): void
}

/**
 * Keeps one event stream open until stopped: resumes after the last message seen, comes back with back-off and jitter,
 * at once when the network returns or the page is looked at again. Stops for good on 401. Returns the stop.
 */
export function followEvents(options: FollowOptions): () => void {
  const stopped = new AbortController()
  let wake = () => {}
  const onWake = () => wake()
  const onLook = () => document.visibilityState === 'visible' && wake()
  window.addEventListener('online', onWake)
  document.addEventListener('visibilitychange', onLook)
  stopped.signal.addEventListener('abort', () => {
    window.removeEventListener('online', onWake)
    document.removeEventListener('visibilitychange', onLook)
    wake()
  })

  const run = async () => {
    let attempt = 0
    while (!stopped.signal.aborted) {
      options.onStatus(attempt === 0 ? 'connecting' : 'waiting')
      const opened = { yet: false }
      const error = await readOnce(options, stopped.signal, opened).catch((reason: unknown) => reason)
      if (stopped.signal.aborted) return
      if (error instanceof ApiError && error.status === 401) return
      attempt = opened.yet ? 0 : attempt + 1
      if (attempt > 0) options.onStatus('waiting')
      const asked = error instanceof ApiError && error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : 0
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(backoffMs(attempt), asked))
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  void run()
  return () => stopped.abort()
}

async function readOnce(options: FollowOptions, stopped: AbortSignal, opened: { yet: boolean }): Promise<void> {
  const ended = new AbortController()
  const end = () => ended.abort()
  stopped.addEventListener('abort', end)
  let timer = setTimeout(end, SILENCE_MAX_MS)
  try {
    const response = await options.open(options.lastEventId(), ended.signal)
    opened.yet = true
    options.onOpen()
    options.onStatus('live')
    const feed = createSseParser((line) => {
      const event = readEvent(line)
      if (event) options.onEvent(event)
    })
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
