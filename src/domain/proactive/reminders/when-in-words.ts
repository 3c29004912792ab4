import type { Locale } from '#contract/words'
import type { Texts } from '#platform/texts'
import { ZONE_UNKNOWN } from '../manners-store.ts'

/** "23 ноября в 09:00" by the person's clock; of whom nobody knows where that is, by the one that is said with it. */
export function whenInWords(texts: Texts, at: Date, { locale, zone }: { locale: Locale; zone: string | null }): string {
  const thisYear = yearOf(new Date(), zone) === yearOf(at, zone)
  const when = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone ?? ZONE_UNKNOWN,
    ...(thisYear ? {} : { year: 'numeric' }),
  }).format(at)
  return zone === null ? texts.say(locale, 'reminder-zone-unknown', { when }) : when
}

function yearOf(at: Date, zone: string | null): string {
  return new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone ?? ZONE_UNKNOWN }).format(at)
}
