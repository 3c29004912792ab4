/**
 * Of one chat Telegram takes 20 drafts and chat actions in 5 s and 40 in 30 s (core.telegram.org/api/bots/ai). What we
 * leave is for another process that answers the same chat.
 */
const SHORT_CALLS_MAX = 18
const SHORT_WINDOW_MS = 5_000
const LONG_CALLS_MAX = 39
const LONG_WINDOW_MS = 30_000
/** So many calls after a silence go fast, that an answer is seen to begin. */
const QUICK_CALLS = 4
const QUICK_EVERY_MS = 300
/** Then evenly: with the quick ones that fills the long window and never has to wait for it. */
const EVERY_MS = 820

/** The drafts and chat actions of one chat, as Telegram counts them. */
export interface Bucket {
  /** From when on the next call may go: milliseconds of the same clock as `nowMs`. */
  readyMs(nowMs: number): number
  /**
   * Counts a call that begins now. Telegram counts it when it comes there: no later than its end, which the returned
   * function is told.
   */
  begin(nowMs: number): (endMs: number) => void
}

export function createBucket(): Bucket {
  let calls: { atMs: number }[] = []
  let begunMs = Number.NEGATIVE_INFINITY
  return {
    readyMs(nowMs) {
      calls = calls.filter(({ atMs }) => atMs > nowMs - LONG_WINDOW_MS)
      const times = calls.map(({ atMs }) => atMs).sort((a, b) => a - b)
      const pacedMs = begunMs + (times.length < QUICK_CALLS ? QUICK_EVERY_MS : EVERY_MS)
      const short = afterWindow(times, SHORT_CALLS_MAX, SHORT_WINDOW_MS)
      return Math.max(nowMs, pacedMs, short, afterWindow(times, LONG_CALLS_MAX, LONG_WINDOW_MS))
    },
    begin(nowMs) {
      const call = { atMs: nowMs }
      calls.push(call)
      begunMs = nowMs
      return (endMs) => {
        call.atMs = endMs
      }
    },
  }
}

/** When there is room for one more in this window; `times` in order. */
function afterWindow(times: readonly number[], callsMax: number, windowMs: number): number {
  const oldest = times.at(-callsMax)
  return oldest === undefined ? Number.NEGATIVE_INFINITY : oldest + windowMs
}
