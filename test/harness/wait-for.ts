import { setTimeout as sleep } from 'node:timers/promises'

const DEADLINE_MS = 10_000
const PAUSE_MS = 10

export interface WaitOptions {
  deadlineMs?: number
  /** Between two looks; longer where a look costs something and the wait is long. */
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
  { deadlineMs = DEADLINE_MS, pauseMs = PAUSE_MS, what = condition.toString() }: WaitOptions = {},
): Promise<NonNullable<T>> {
  const end = performance.now() + deadlineMs
  for (;;) {
    let cause: unknown
    try {
      const answer = await condition()
      if (answer) return answer
    } catch (error) {
      cause = error
    }
    if (performance.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`, { cause })
    await sleep(pauseMs)
  }
}
