import type { Locale } from '#contract/words'
import type { Texts } from '../texts/texts.ts'

/** Matches shown at once: more are found by one more letter. */
const SHOWN_MAX = 30
/** Names learnt between two looks at what else the page has to do; a phone needs some ms for each. */
const LEARNT_AT_ONCE = 8

/** By the cities they are called after, Moscow first, then from west to east. */
const RUSSIAN: Record<string, string> = {
  'Europe/Moscow': 'moscow',
  'Europe/Kaliningrad': 'kaliningrad',
  'Europe/Samara': 'samara',
  'Europe/Saratov': 'saratov',
  'Europe/Volgograd': 'volgograd',
  'Europe/Astrakhan': 'astrakhan',
  'Europe/Ulyanovsk': 'ulyanovsk',
  'Europe/Kirov': 'kirov',
  'Asia/Yekaterinburg': 'yekaterinburg',
  'Asia/Omsk': 'omsk',
  'Asia/Novosibirsk': 'novosibirsk',
  'Asia/Barnaul': 'barnaul',
  'Asia/Tomsk': 'tomsk',
  'Asia/Novokuznetsk': 'novokuznetsk',
  'Asia/Krasnoyarsk': 'krasnoyarsk',
  'Asia/Irkutsk': 'irkutsk',
  'Asia/Chita': 'chita',
  'Asia/Yakutsk': 'yakutsk',
  'Asia/Vladivostok': 'vladivostok',
  'Asia/Sakhalin': 'sakhalin',
  'Asia/Magadan': 'magadan',
  'Asia/Kamchatka': 'kamchatka',
  'Asia/Anadyr': 'anadyr',
}

/** Browsers know countries in every language, but not the cities of countries that have several zones. */
const NAMED: Record<string, string> = {
  ...RUSSIAN,
  'Asia/Almaty': 'almaty',
  'Asia/Nicosia': 'nicosia',
  'Asia/Makassar': 'makassar',
  'America/New_York': 'new_york',
  'America/Los_Angeles': 'los_angeles',
  'America/Toronto': 'toronto',
  'Australia/Sydney': 'sydney',
}

/** Zones with large cities of other names, or a country that people look for. */
const WITH_PLACES = new Set(
  'moscow samara yekaterinburg novokuznetsk krasnoyarsk vladivostok almaty nicosia makassar'.split(' '),
)

export interface Zone {
  id: string
  /** "Москва", "Германия", "Berlin": in the reader's language as far as it is known. */
  name: string
  /** What else it is found by: "Санкт-Петербург, Казань", "Berlin". Empty when the name says it. */
  more: string
}

/** Zone to country, in one language. */
export type Countries = ReadonlyMap<string, string>

/** The zone of this browser; null where it will not tell: those that hide where they are say UTC. */
export function ownZone(): string | null {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return timeZone && !timeZone.endsWith('UTC') ? timeZone : null
}

/** Any zone by its IANA name; one that nobody knows is shown by that name. */
export function zoneOf(id: string, texts: Texts): Zone {
  const country = NAMED[id] || texts.locale === 'en' ? '' : countryOf(id, texts.locale)
  return zoneIn(id, texts, country)
}

/** The zones to choose from while nothing is looked for: the given ones, then Russia's. */
export function firstZones(first: readonly (string | null)[], texts: Texts): Zone[] {
  const ids = new Set([...first.filter((id) => id !== null), ...Object.keys(RUSSIAN)])
  return [...ids].map((id) => zoneOf(id, texts))
}

/**
 * Zones with a word that begins like what is written, in the reader's language or in English; Russia's first.
 * Countries are found as far as they are known.
 */
export function findZones(written: string, texts: Texts, countries: Countries): Zone[] {
  const wanted = plain(written)
  return allZones()
    .map((id) => zoneIn(id, texts, countries.get(id) ?? ''))
    .filter(({ id, name, more }) => ` ${plain(`${name} ${more} ${cityIn(id)}`)}`.includes(` ${wanted}`))
    .slice(0, SHOWN_MAX)
}

/** Asks the browser for the country of every zone, a few at a time, so that nothing else waits. */
export async function learnCountries(locale: Locale): Promise<Countries> {
  const known = new Map<string, string>()
  if (locale === 'en') return known
  for (const [at, id] of allZones().entries()) {
    if (!NAMED[id]) known.set(id, countryOf(id, locale))
    if (at % LEARNT_AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve))
  }
  return known
}

/** "21:04" and "UTC+3", as it is there now; both empty for a zone that nobody knows. */
export function clockIn(id: string, locale: Locale, now = new Date()): { time: string; offset: string } {
  const options = { timeZone: id, hour: '2-digit', minute: '2-digit', timeZoneName: 'shortOffset' } as const
  const parts = partsOf(locale, options, now)
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const time = parts.filter(({ type }) => type !== 'timeZoneName').map(({ value }) => value)
  return { time: time.join('').trim(), offset: offset.replace('GMT', 'UTC') }
}

function zoneIn(id: string, { t }: Texts, country: string): Zone {
  const city = cityIn(id)
  const key = NAMED[id]
  const name = key ? t(`zone-${key}`) : country || city
  if (key) return { id, name, more: WITH_PLACES.has(key) ? t(`zone-places-${key}`) : '' }
  return { id, name, more: name === city ? '' : city }
}

function allZones(): string[] {
  return [...new Set([...Object.keys(NAMED), ...Intl.supportedValuesOf('timeZone')])]
}

/** "Германия"; empty where the browser knows no more than the distance from Greenwich. */
function countryOf(id: string, locale: Locale): string {
  const parts = partsOf(locale, { timeZone: id, timeZoneName: 'shortGeneric' })
  const said = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return said.startsWith('GMT') ? '' : said
}

/** Nothing for a zone that this browser does not know. */
function partsOf(locale: Locale, options: Intl.DateTimeFormatOptions, now = new Date()): Intl.DateTimeFormatPart[] {
  try {
    return new Intl.DateTimeFormat(locale, options).formatToParts(now)
  } catch {
    return []
  }
}

function cityIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

/** Letters and figures only, so that "санкт петербург", "Ё" and "New-York" find what is meant. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
