/** Nobody remembers what they wished for longer. */
export const AHEAD_MAX_YEARS = 5

/** Why there can be no reminder for this time; null when there can. */
export function aheadRefusal(at: Date, now: Date): 'past' | 'too_far' | null {
  const last = new Date(now)
  last.setUTCFullYear(last.getUTCFullYear() + AHEAD_MAX_YEARS)
  // What no date can hold is as far as anything.
  if (!(at <= last)) return 'too_far'
  return at <= now ? 'past' : null
}
