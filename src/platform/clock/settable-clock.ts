import type { Clock } from './clock.ts'

export interface SettableClock extends Clock {
  /** Lets time pass for both kinds of time. */
  advance(ms: number): void
  /** Steps the wall clock, as an operator or NTP would; durations do not notice. */
  set(now: Date): void
}

/** A clock that moves only when told to, for tests. */
export function createSettableClock(start: Date = new Date('2026-01-01T00:00:00Z')): SettableClock {
  let wallMs = start.getTime()
  let monotonicMs = 0
  return {
    now: () => new Date(wallMs),
    monotonicMs: () => monotonicMs,
    advance(ms) {
      wallMs += ms
      monotonicMs += ms
    },
    set(now) {
      wallMs = now.getTime()
    },
  }
}
