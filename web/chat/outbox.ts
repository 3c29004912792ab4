import type { SentMessage } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import { backoffMs } from '../events/backoff.ts'
import { newKey } from '../shell/new-key.ts'
import type { Store } from '../shell/store.ts'
import { addMessage } from './apply-event.ts'
import type { Outgoing, Timeline } from './timeline.ts'

export interface Outbox {
  add(text: string): void
  resend(key: string): void
  discard(key: string): void
  /** Sends what waits, one after the other so that the order is the written one. */
  flush(): void
  close(): void
}

interface OutboxOptions {
  timeline: Store<Timeline>
  post(line: Outgoing): Promise<SentMessage>
  /** The server answered and said no. What becomes of the line is decided here. */
  onRefused(line: Outgoing, error: ApiError): 'failed' | 'unsent' | 'discard'
}

/**
 * The lines on their way to the server. Each keeps one Idempotency-Key for all its tries, so silence is simply tried
 * again, with back-off, and a line that did arrive the first time is not doubled.
 */
export function createOutbox({ timeline, post, onRefused }: OutboxOptions): Outbox {
  let sending = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const change = (key: string, state: Outgoing['state']) =>
    timeline.set((now) => ({
      ...now,
      outbox: now.outbox.map((line) => (line.key === key ? { ...line, state } : line)),
    }))
  const discard = (key: string) =>
    timeline.set((now) => ({ ...now, outbox: now.outbox.filter((line) => line.key !== key) }))

  /** True when the next line may follow. */
  const send = async (line: Outgoing): Promise<boolean> => {
    change(line.key, 'sending')
    try {
      const { message } = await post(line)
      failures = 0
      timeline.set((now) => addMessage(now, message, line.key))
      return true
    } catch (error) {
      if (!(error instanceof ApiError) || error.unreachable) {
        change(line.key, 'unsent')
        timer = setTimeout(flush, backoffMs(failures++))
        return false
      }
      const fate = onRefused(line, error)
      if (fate === 'discard') discard(line.key)
      else change(line.key, fate)
      return fate === 'failed'
    }
  }

  const flush = async () => {
    clearTimeout(timer)
    if (sending) return
    sending = true
    for (;;) {
      const next = timeline.get().outbox.find(({ state }) => state === 'unsent')
      if (!next || !(await send(next))) break
    }
    sending = false
  }

  return {
    add(text) {
      const line: Outgoing = { key: newKey(), text, state: 'unsent', writtenAt: new Date().toISOString() }
      timeline.set((now) => ({ ...now, outbox: [...now.outbox, line], edge: 'newer' }))
      void flush()
    },
    resend(key) {
      change(key, 'unsent')
      void flush()
    },
    discard,
    flush: () => void flush(),
    close: () => clearTimeout(timer),
  }
}
