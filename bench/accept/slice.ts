/** A few seconds of one contender. */
export interface Slice {
  perSecond: number
  p99Ms: number
  /** Time of this process's CPUs for one message; null for a program of its own. */
  cpuMicrosEach: number | null
}
