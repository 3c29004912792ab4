/** How hard a run is. */
export interface Hardship {
  people: number
  /** Vitte processes, each of them with every role, on one database and one Redis. */
  processes: number
  /** A random process is killed (SIGKILL) this often, and started again at once. */
  killEveryMs: number
  /** PostgreSQL is shut down at once (`-m immediate`) this often, and comes back by its own recovery. */
  restartPostgresEveryMs: number
  /** Redis forgets everything this often. */
  flushRedisEveryMs: number
  messagesPerSecond: number
  /** No harm is done more often than this, besides one last kill: for a run that must be over soon. */
  harmsMax: number
}

export const HARDSHIP: Hardship = {
  people: 500,
  processes: 4,
  killEveryMs: 2_000,
  restartPostgresEveryMs: 60_000,
  flushRedisEveryMs: 15_000,
  messagesPerSecond: 25,
  harmsMax: Number.POSITIVE_INFINITY,
}
