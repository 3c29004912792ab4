const QUIET_HOURS = /^(?:none|(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)$/

/** Whether this says when to be quiet: `HH:MM-HH:MM` in the user's zone, over midnight if need be, or `none`. */
export function isQuietHours(text: string): boolean {
  return QUIET_HOURS.test(text)
}
