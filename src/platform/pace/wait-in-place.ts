import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, systemClock } from '#platform/clock'
import type { Pace, Precedence } from './pace.ts'

/** A wait shorter than this is not worth coming back for, */
const IN_PLACE_MAX_MS = 300
/**
 * unless so many wait already: that is how many places come in this time, and more would only ask in vain. Those who go
 * later are counted apart, so that they never take the room of those who go first.
 */
const WAITING_MAX: Record<Precedence, number> = { first: 8, later: 4 }
/** Nobody is sent away for longer, as those before them may never come back. */
const AWAY_MAX_MS = 30_000

/**
 * The same pace, but places that come soon are waited for: what is left to come back for takes `IN_PLACE_MAX_MS` at least.
 * Those who are sent away come back one by one, as places come: all at once, all but one would have come in vain.
 */
export function waitInPlace(pace: Pace, { monotonicMs }: Pick<Clock, 'monotonicMs'> = systemClock): Pace {
  const waiting: Record<Precedence, number> = { first: 0, later: 0 }
  const lastBackMs: Record<Precedence, number> = { first: 0, later: 0 }

  function comeBack(precedence: Precedence): number {
    const nowMs = monotonicMs()
    const soonMs = nowMs + IN_PLACE_MAX_MS
    const backMs = Math.max(soonMs, lastBackMs[precedence] + pace.everyMs)
    lastBackMs[precedence] = backMs - nowMs > AWAY_MAX_MS ? soonMs : backMs
    return Math.ceil(lastBackMs[precedence] - nowMs)
  }

  return {
    everyMs: pace.everyMs,
    async take(key, precedence) {
      const waitMs = await pace.take(key, precedence)
      if (waitMs === 0 || waitMs > IN_PLACE_MAX_MS) return waitMs
      if (waiting[precedence] >= WAITING_MAX[precedence]) return comeBack(precedence)
      waiting[precedence] += 1
      try {
        return await waitFor(waitMs, () => pace.take(key, precedence))
      } finally {
        waiting[precedence] -= 1
      }
    },
  }
}

async function waitFor(firstMs: number, take: () => Promise<number>): Promise<number> {
  let waitMs = firstMs
  for (let leftMs = IN_PLACE_MAX_MS; waitMs > 0 && waitMs <= leftMs; leftMs -= waitMs) {
    await sleep(waitMs)
    waitMs = await take()
  }
  return waitMs === 0 ? 0 : Math.max(waitMs, IN_PLACE_MAX_MS)
}
