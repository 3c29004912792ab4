/** Failed calls in a row after which a provider is left alone. */
const FAILURES_MAX = 10
const PROBE_AFTER_MS = 5_000

/** Leave for one call. The verdict counts once; without one the call says nothing about the provider. */
export interface Pass {
  succeeded(): void
  failed(): void
  release(): void
}

export interface Breaker {
  /** Null while the provider is left alone; every five seconds one call may try it. */
  enter(): Pass | null
  readonly open: boolean
}

/** `monotonicMs`: a clock that never steps back. */
export function createBreaker(monotonicMs: () => number): Breaker {
  let failures = 0
  let probeAtMs = 0
  let probing = false

  function makePass(isProbe: boolean): Pass {
    let settled = false
    const settle = (verdict: () => void) => () => {
      if (settled) return
      settled = true
      if (isProbe) probing = false
      verdict()
    }
    return {
      succeeded: settle(() => {
        failures = 0
      }),
      failed: settle(() => {
        failures += 1
        probeAtMs = monotonicMs() + PROBE_AFTER_MS
      }),
      release: settle(() => {}),
    }
  }

  return {
    enter() {
      if (failures < FAILURES_MAX) return makePass(false)
      if (probing || monotonicMs() < probeAtMs) return null
      probing = true
      return makePass(true)
    },
    get open() {
      return failures >= FAILURES_MAX
    },
  }
}
