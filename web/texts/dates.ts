import type { Locale } from '#contract/words'

const formats = new Map<string, Intl.DateTimeFormat>()

/** "21:04" in the reader's own time zone. */
export function timeOfDay(iso: string, locale: Locale): string {
  return format(locale, { hour: '2-digit', minute: '2-digit' }, new Date(iso))
}

/** "14 ноября", with the year when it is not this one. */
export function dayInWords(date: Date, locale: Locale, month: 'long' | 'short' = 'long'): string {
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric'
  return format(locale, { day: 'numeric', month, year }, date)
}

/** "29 ноября, 21:04": a moment that something lasts until. */
export function dayAndTime(iso: string, locale: Locale): string {
  return format(locale, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }, new Date(iso))
}

/** Whole days between two calendar days of the reader: 0 is today, 1 yesterday. */
export function daysAgo(date: Date, now = new Date()): number {
  const midnight = (of: Date) => Date.UTC(of.getFullYear(), of.getMonth(), of.getDate())
  return Math.round((midnight(now) - midnight(date)) / 86_400_000)
}

function format(locale: Locale, options: Intl.DateTimeFormatOptions, date: Date): string {
  // Building a format costs 50 times more than using it, and a history has thousands of times.
  const key = `${locale}${Object.entries(options).flat().join()}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known.format(date)
}
