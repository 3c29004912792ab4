import { withEveryRole } from './house.ts'

/** How hard a run is. */
export interface Hardship {
  people: number
  /** The roles of each Vitte process on one database and one Redis. */
  processes: readonly string[]
  /** How the bot's updates come: by whoever serves, or by the one that polls. */
  telegram: 'webhook' | 'polling'
  /** A random process is killed (SIGKILL) this often, and started again at once. */
  killEveryMs: number
  /** A random process is told to leave (SIGTERM) this often, and started again when it has left. */
  restartEveryMs: number
  /** PostgreSQL is shut down at once (`-m immediate`) this often, and comes back by its own recovery. */
  restartPostgresEveryMs: number
  /** Redis forgets everything this often. */
  flushRedisEveryMs: number
  messagesPerSecond: number
  /** No harm is done more often than this, besides one last kill: for a run that must be over soon. */
  harmsMax: number
}

const PROCESSES = 4
/** The longest that a timer can wait. */
const NEVER_MS = 2 ** 31 - 1

export const HARDSHIP: Hardship = {
  people: 500,
  processes: withEveryRole(PROCESSES),
  telegram: 'webhook',
  killEveryMs: 2_000,
  restartEveryMs: NEVER_MS,
  restartPostgresEveryMs: 60_000,
  flushRedisEveryMs: 15_000,
  messagesPerSecond: 25,
  harmsMax: Number.POSITIVE_INFINITY,
}

/** Each role in processes of its own, as several machines have them: three serve, two stand by to poll, three work. */
export const MANY_ROLES: Hardship = {
  ...HARDSHIP,
  people: 100,
  processes: ['http', 'http', 'http', 'bot', 'bot', 'worker', 'worker', 'worker'],
  telegram: 'polling',
  killEveryMs: 7_000,
  restartEveryMs: 9_000,
}
