/** Where a process reads the time. Leases, expiry and order take the database's clock instead. */
export interface Clock {
  /** Wall time, may step. */
  now(): Date
  /** Milliseconds that never step back, for durations only. */
  monotonicMs(): number
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
}
