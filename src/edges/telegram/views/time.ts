import type { Locale } from '#contract/words'

/** Of people whose time zone nobody knows. */
const ZONE_DEFAULT = 'UTC'

/** A day in words, as it is called where the reader is. */
export function dayIn(date: Date, locale: Locale, timezone: string | null): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: timezone ?? ZONE_DEFAULT }).format(
    date,
  )
}

/** "14:05" in this zone. */
export function clockIn(date: Date, timezone: string): string {
  return new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', timeZone: timezone }).format(date)
}

/** "UTC+3" as it holds now. */
export function offsetOf(timezone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'shortOffset' }).formatToParts()
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? timezone
  return offset.replace('GMT', 'UTC')
}
