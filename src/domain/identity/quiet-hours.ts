const QUIET_HOURS = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/

/**
 * Whether this says when to be quiet: `HH:MM-HH:MM` in the user's zone, over midnight if need be, or `none`. The same
 * time twice could mean always or never, and is neither.
 */
export function isQuietHours(text: string): boolean {
  const [, from, to] = QUIET_HOURS.exec(text) ?? []
  return text === 'none' || (from !== undefined && from !== to)
}
