/** A night without messages, as the contract writes it: `HH:MM-HH:MM` or `none`. */
export interface QuietHours {
  from: string
  to: string
}

/** What is proposed to somebody who wants quiet hours and has none yet. */
export const USUAL_QUIET_HOURS: QuietHours = { from: '22:00', to: '09:00' }

const STEP_MINUTES = 30
const DAY_MINUTES = 24 * 60

/** Null for `none`, and for what a newer server might say. */
export function readQuietHours(written: string): QuietHours | null {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(written) ?? []
  return from && to ? { from, to } : null
}

export function writeQuietHours(hours: QuietHours | null): string {
  return hours ? `${hours.from}-${hours.to}` : 'none'
}

/** The times to choose from: each half hour but the other end of the night, and the present one whatever it is. */
export function timesFor(present: string, otherEnd: string): string[] {
  const times = Array.from({ length: DAY_MINUTES / STEP_MINUTES }, (_, step) => clock(step * STEP_MINUTES))
  return [...new Set([...times, present])].filter((time) => time !== otherEnd).sort()
}

function clock(minutes: number): string {
  const two = (count: number) => String(count).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
