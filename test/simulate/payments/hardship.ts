/** How hard a run is. */
export interface Hardship {
  /** Payments of one person, about. */
  paymentsEach: number
  processes: number
  killEveryMs: number
  /** Kills at most. */
  killsMax: number
  /** People who buy at the same moment. */
  atOnce: number
}

export const HARDSHIP: Hardship = {
  paymentsEach: 10,
  processes: 3,
  killEveryMs: 5_000,
  killsMax: 10_000,
  atOnce: 24,
}
