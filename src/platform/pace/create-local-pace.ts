import type { Clock } from '#platform/clock'
import { type Pace, paceTimes } from './pace.ts'

const SWEEP_EVERY_TAKES = 200

/**
 * The pace within one process: a generic cell rate algorithm, which keeps one number for each line: when its next
 * place would come if all places were evenly spaced.
 */
export function createLocalPace({ clock, perSecond }: { clock: Pick<Clock, 'monotonicMs'>; perSecond: number }): Pace {
  const times = paceTimes(perSecond)
  const keys = new Map<string, number>()
  let all = 0
  let takes = 0

  /** Who rested as long as its burst lasts is as new. */
  function sweep(nowMs: number): void {
    takes += 1
    if (takes % SWEEP_EVERY_TAKES !== 0) return
    for (const [key, nextMs] of keys) if (nextMs <= nowMs) keys.delete(key)
  }

  return {
    everyMs: times.allMs,
    async take(key, precedence) {
      const nowMs = clock.monotonicMs()
      const own = Math.max(nowMs, keys.get(key) ?? 0)
      const whole = Math.max(nowMs, all)
      const waitMs = Math.max(own - times.keyAheadMs, whole - times.aheadMs[precedence]) - nowMs
      if (waitMs > 0) return Math.ceil(waitMs)
      keys.set(key, own + times.keyMs)
      all = whole + times.allMs
      sweep(nowMs)
      return 0
    },
  }
}
