import { setTimeout as sleep } from 'node:timers/promises'
import type { Pace } from './pace.ts'

/** A wait shorter than this is not worth coming back for, */
const IN_PLACE_MAX_MS = 300
/** unless so many wait already: that is how many places come in this time, and more would only ask in vain. */
const WAITING_MAX = 8

/** The same pace, but places that come soon are waited for: what is left to come back for takes `IN_PLACE_MAX_MS` at least. */
export function waitInPlace(pace: Pace): Pace {
  let waiting = 0
  return {
    async take(key, precedence) {
      const waitMs = await pace.take(key, precedence)
      if (waitMs === 0 || waitMs > IN_PLACE_MAX_MS) return waitMs
      if (waiting >= WAITING_MAX) return IN_PLACE_MAX_MS
      waiting += 1
      try {
        return await waitFor(waitMs, () => pace.take(key, precedence))
      } finally {
        waiting -= 1
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
