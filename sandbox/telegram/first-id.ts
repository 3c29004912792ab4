const COUNTED_FROM_MS = Date.UTC(2025, 0, 1)
const STEP_MS = 125

/**
 * Where update and message ids begin. They must go on rising when the sandbox starts anew beside a bot that remembers the old ones
 * (it would take them for repeats), and stay within 31 bits: eight a second since 2025 do both.
 */
export function firstId(nowMs: number): number {
  return Math.floor((nowMs - COUNTED_FROM_MS) / STEP_MS)
}
