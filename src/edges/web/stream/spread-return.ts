/** The shortest time before a page that was cut off comes back. */
const RETRY_MIN_MS = 250
/** Whose stream breaks alone comes back within this. */
const SPREAD_MIN_MS = 500
const SPREAD_MAX_MS = 30_000
/** How many pages that come back at once another process takes on in a second, beside its own work. */
const RETURNS_PER_SECOND = 500

/**
 * When a page shall come back, in milliseconds: spread so that as many as `streams` that are cut off at one moment (a
 * restart, a network that broke) do not all come in the next one.
 */
export function returnAfterMs(streams: number, random: () => number = Math.random): number {
  const spreadMs = Math.min(SPREAD_MAX_MS, Math.max(SPREAD_MIN_MS, (streams / RETURNS_PER_SECOND) * 1_000))
  return Math.round(RETRY_MIN_MS + random() * spreadMs)
}
