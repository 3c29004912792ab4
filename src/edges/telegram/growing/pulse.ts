/** Does one thing again and again, never twice at once. */
export interface Pulse {
  /** Something changed: asks anew when the next beat is. */
  look(): void
  /** No more beats; resolves when the one under way is over. */
  stop(): Promise<void>
}

export interface Beat {
  nowMs(): number
  /** When the next beat is due, by the same clock; Infinity: not before the next look. */
  dueMs(): number
  /** Never throws. */
  beat(): Promise<void>
}

/** Beats when it is due, and asks again after each beat. What is stopped in the same breath does not begin. */
export function createPulse({ nowMs, dueMs, beat }: Beat): Pulse {
  let timer: NodeJS.Timeout | undefined
  let timerMs = Number.POSITIVE_INFINITY
  let underWay: Promise<void> | null = null
  let stopped = false

  function look(): void {
    if (underWay || stopped) return
    const nextMs = dueMs()
    // A timer that were set anew at every look would never ring while looks come fast.
    if (timer && timerMs <= nextMs) return
    clearTimeout(timer)
    timer = nextMs === Number.POSITIVE_INFINITY ? undefined : setTimeout(ring, Math.max(0, nextMs - nowMs()))
    timerMs = nextMs
  }

  function ring(): void {
    timer = undefined
    if (dueMs() > nowMs()) look()
    else underWay = beat().finally(next)
  }

  function next(): void {
    underWay = null
    look()
  }

  return {
    look,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}
