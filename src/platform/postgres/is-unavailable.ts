const LOCK_NOT_AVAILABLE = '55P03'
/** SQLSTATE classes and codes (PostgreSQL appendix A) that mean "not now": the same request may succeed later. */
const UNAVAILABLE_CLASSES = ['08', '53']
const UNAVAILABLE_CODES = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
  '57014', // query_canceled: our statement timeout
  LOCK_NOT_AVAILABLE,
  '25P03', // idle_in_transaction_session_timeout
  '25006', // read_only_sql_transaction: a standby answers during a fail-over
])
const SERIALIZATION_FAILURE = '40001'
const CONFLICT_CODES = new Set([SERIALIZATION_FAILURE, '40P01'])
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
/** ENOENT of a file is not ENOENT of a socket. */
const NETWORK_CALLS = new Set(['connect', 'read', 'write', 'getaddrinfo'])
/** pg gives these no code. */
const DRIVER_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/

/**
 * Whether an error says that the database cannot be used right now (down, restarting, full, overloaded), so that the
 * answer is 503 and the caller tries again later. Conflicts that outlived their retries count too.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (code === undefined)
    return DRIVER_MESSAGES.test(error.message) || (error.cause ? isUnavailable(error.cause) : false)
  if (SOCKET_CODES.has(code)) return error instanceof AggregateError || NETWORK_CALLS.has(syscallOf(error))
  return UNAVAILABLE_CODES.has(code) || CONFLICT_CODES.has(code) || isSqlStateOf(code, UNAVAILABLE_CLASSES)
}

/** Serialization failure or deadlock: the whole transaction may simply be run again. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && CONFLICT_CODES.has(codeOf(error) ?? '')
}

/** Somebody else holds what is needed and did not let go in time: the same may succeed later. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === LOCK_NOT_AVAILABLE
}

/** We did not wait for a lock inside the database, and it was not free in time either: like its own lock timeout. */
export class RowLockedError extends Error {
  override readonly name = 'RowLockedError'
  readonly code = LOCK_NOT_AVAILABLE
}

/** What was read before a lock is not true any more under it: like a serialization failure, run it all again. */
export class ChangedMeanwhileError extends Error {
  override readonly name = 'ChangedMeanwhileError'
  readonly code = SERIALIZATION_FAILURE
}

function codeOf(error: Error): string | undefined {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' ? code : undefined
}

function syscallOf(error: Error): string {
  return String((error as { syscall?: unknown }).syscall)
}

function isSqlStateOf(code: string, classes: string[]): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && classes.includes(code.slice(0, 2))
}
