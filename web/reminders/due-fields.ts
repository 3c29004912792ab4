const HOUR_MS = 3_600_000

/** What the fields for day and time hold, by the clock of this device: `2026-11-23` and `09:00`. */
export interface DueFields {
  day: string
  time: string
}

export function fieldsOf(at: Date): DueFields {
  const two = (number: number) => String(number).padStart(2, '0')
  return {
    day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  }
}

/** Null while a field is empty, or holds what no calendar has. */
export function dueOf({ day, time }: DueFields): Date | null {
  const at = new Date(`${day}T${time}`)
  return day === '' || time === '' || Number.isNaN(at.getTime()) ? null : at
}

/** A first proposal: the next full hour that is not all but there. */
export function soonest(now: Date): Date {
  return new Date(Math.ceil((now.getTime() + HOUR_MS / 2) / HOUR_MS) * HOUR_MS)
}
