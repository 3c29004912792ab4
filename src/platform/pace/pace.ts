/** A key (one chat) may act once per this time, */
export const KEY_INTERVAL_MS = 1_000
/** and this often at once after a rest. */
export const KEY_BURST_TIMES = 5
/**
 * How far ahead of its place somebody may go, in intervals: who goes first may always go one further than who goes
 * later, so that those who go later never take the place of one who goes first. In any second there are then two more
 * than the rate at most.
 */
const AHEAD_INTERVALS = { first: 1.5, later: 0.5 } as const

/** Who goes first waits for nobody who goes later. */
export type Precedence = keyof typeof AHEAD_INTERVALS

/** An even pace for all together and for each key. */
export interface Pace {
  /** From one place of the whole to the next, in milliseconds, on the average. */
  everyMs: number
  /**
   * Takes a place of the whole and one of the key together, or none. 0: both are taken; else the milliseconds after
   * which it is worth asking again. Never throws.
   */
  take(key: string, precedence: Precedence): Promise<number>
}

/** The times of one Redis or process, in milliseconds. `allMs` and `aheadMs` are of the whole. */
export interface PaceTimes {
  allMs: number
  aheadMs: Record<Precedence, number>
  keyMs: number
  keyAheadMs: number
}

/** @param perSecond how often all keys together may act, on the average */
export function paceTimes(perSecond: number): PaceTimes {
  const allMs = 1_000 / perSecond
  return {
    allMs,
    aheadMs: { first: AHEAD_INTERVALS.first * allMs, later: AHEAD_INTERVALS.later * allMs },
    keyMs: KEY_INTERVAL_MS,
    keyAheadMs: (KEY_BURST_TIMES - 1) * KEY_INTERVAL_MS,
  }
}
