import { performance } from 'node:perf_hooks'

/**
 * A process that has just begun is cold and, after a crash, may go down again: it takes few rows at first and one more
 * for each that it has finished, so that no more is under way at a crash than it has shown that it can bear. Who has
 * lived for about as long as a lease is new no more, and soon takes as many as it may.
 */
const TAKEN_AT_FIRST = 8
const NEW_FOR_MS = 15_000
const MORE_PER_SECOND_THEN = 8
/** At work for more than this share of its time, a process has hardly any left for what it holds already. */
const BUSY_SHARE = 0.9
const FEWER_WHEN_BUSY = 0.75
/** Over shorter times the share says little. */
const LOOK_MS = 250
const SECOND_MS = 1_000

export interface Ramp {
  /** One more row is done. */
  finished(): void
  /** How many rows may be under way now. */
  bearable(): number
}

interface RampOptions {
  concurrency: number
  /** Goes down while the event loop of this process is busy: what it took on then would make all of it slower. */
  sparesLoop: boolean
  nowMs?: () => number
  /** The share of its time that the process was at work since the last call. */
  busyShare?: () => number
}

/** How many rows a worker takes on: few at first, more as it shows that it can bear them, fewer while it cannot. */
export function createRamp(options: RampOptions): Ramp {
  const { concurrency, sparesLoop, nowMs = () => performance.now(), busyShare = watchLoop() } = options
  const startedMs = nowMs()
  let lookedMs = startedMs
  let busy = false
  let level = TAKEN_AT_FIRST

  function look(): void {
    const now = nowMs()
    if (now - lookedMs < LOOK_MS) return
    busy = sparesLoop && busyShare() > BUSY_SHARE
    const grownMs = Math.max(0, now - Math.max(lookedMs, startedMs + NEW_FOR_MS))
    lookedMs = now
    if (busy) level = Math.max(TAKEN_AT_FIRST, level * FEWER_WHEN_BUSY)
    else level = Math.min(concurrency, level + (grownMs / SECOND_MS) * MORE_PER_SECOND_THEN)
  }

  return {
    finished() {
      if (!busy) level = Math.min(concurrency, level + 1)
    },
    bearable() {
      look()
      return Math.min(concurrency, Math.floor(level))
    },
  }
}

/** The share of the time since the last call (Node performance.eventLoopUtilization). */
function watchLoop(): () => number {
  let since = performance.eventLoopUtilization()
  return () => {
    const { utilization } = performance.eventLoopUtilization(since)
    since = performance.eventLoopUtilization()
    return utilization
  }
}
