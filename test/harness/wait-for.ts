import { setTimeout as sleep } from 'node:timers/promises'

/** Only what never comes waits for it: generous, as all tests share the cores. */
const DEADLINE_MS = 30_000
/** Who has waited for long looks less often, so that many who wait leave the processor to those who work. */
const PAUSE_MS = 10
const PAUSE_MAX_MS = 50
const PAUSE_PER_WAITED = 0.05

export interface WaitOptions {
  deadlineMs?: number
  /** Between two looks; fixed where a look costs something. Without it: short at first, then longer. */
  pauseMs?: number
  /** What is waited for, for the sentence when it does not come. */
  what?: string
}

/**
 * Asks again until the answer is truthy, and returns it. A throwing condition counts as "not yet", so that assertions
 * can be waited for; the last error is the cause when the deadline passes.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { deadlineMs = DEADLINE_MS, pauseMs, what = condition.toString() }: WaitOptions = {},
): Promise<NonNullable<T>> {
  const start = performance.now()
  for (;;) {
    let cause: unknown
    try {
      const answer = await condition()
      if (answer) return answer
    } catch (error) {
      cause = error
    }
    const waitedMs = performance.now() - start
    if (waitedMs > deadlineMs) throw new Error(`not within ${deadlineMs} ms: ${what}`, { cause })
    await sleep(pauseMs ?? Math.min(Math.max(PAUSE_MS, waitedMs * PAUSE_PER_WAITED), PAUSE_MAX_MS))
  }
}
