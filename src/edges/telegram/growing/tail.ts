import { renderTail } from '../format/render-tail.ts'
import { isBlank } from '../format/rendered.ts'
import type { Formatted } from '../views/formatted.ts'

/** Bot API sendMessage and sendMessageDraft: as many characters after entities parsing, counted as UTF-16 units. */
const TEXT_MAX_LENGTH = 4096
/** A long text takes some milliseconds to read, in which nobody else's goes on: so many times as long it rests then. */
const REST_PER_READING = 20
const REST_MAX_MS = 3_000
/** Of all that grow in this process one after the other is read, and so many times as long nothing is: a quarter of it at most. */
const REST_OF_ALL_PER_READING = 3

/** Where the growing texts of one process are read. */
export interface Desk {
  /** From when on the next one may be. */
  freeMs: number
}

/** What is shown of a growing text: all of it, or its end where it is too long for one message. */
export interface Tail {
  /** From when on it may be read again. */
  readyMs(): number
  /** Null: nothing of it can be seen yet. */
  of(source: string): Formatted | null
  /** Telegram does not understand the markup: from now on there is none. */
  bePlain(): void
}

export function createTail(nowMs: () => number, desk: Desk = { freeMs: 0 }): Tail {
  let isPlain = false
  let restedMs = 0
  return {
    readyMs: () => Math.max(restedMs, desk.freeMs),
    of(source) {
      const begunMs = nowMs()
      const { text, entities } = renderTail(source, TEXT_MAX_LENGTH)
      const overMs = nowMs()
      desk.freeMs = overMs + (overMs - begunMs) * REST_OF_ALL_PER_READING
      restedMs = overMs + Math.min(REST_MAX_MS, (overMs - begunMs) * REST_PER_READING)
      return isBlank(text) ? null : { text, entities: isPlain ? [] : entities }
    },
    bePlain() {
      isPlain = true
    },
  }
}
