export interface Deadline {
  signal: AbortSignal
  remainingMs(): number
  /** To be called in any case: a running timer keeps the process alive. */
  clear(): void
}

/** Aborts its signal after `timeoutMs`, by a clock that never steps back. */
export function startDeadline(timeoutMs: number): Deadline {
  const controller = new AbortController()
  const endsAtMs = performance.now() + timeoutMs
  const timer = setTimeout(() => controller.abort(), timeoutMs)
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, endsAtMs - performance.now()),
    clear: () => clearTimeout(timer),
  }
}
