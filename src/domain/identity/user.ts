const TIME_ZONE_MAX_LENGTH = 64

/** Whether this is a name of the IANA time zone database that we can compute with. */
export function isTimeZone(name: string): boolean {
  if (name.length > TIME_ZONE_MAX_LENGTH || !/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The name as the database of time zones writes it, whatever the case it came in. @throws RangeError for no zone */
export function canonicalTimeZone(name: string): string {
  if (!isTimeZone(name)) throw new RangeError('unknown time zone')
  return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
}
