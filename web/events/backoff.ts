const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 8_000

/** How long to wait before the next try: doubles up to 8 s, spread over half of it so that pages do not come at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10))
  return Math.round(full * (0.5 + random() / 2))
}
