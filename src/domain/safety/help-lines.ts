import { fileURLToPath } from 'node:url'
import { createCountryOfZone } from './country-of-zone.ts'
import { type HelpPlace, loadHelpLines } from './load-help-lines.ts'
import { SAFETY_FOLDER } from './load-phrases.ts'

/** Where living people answer, in the words of the person's language. */
export interface HelpLine {
  name: string
  /** As it is dialled, or an address on the web. */
  contact: string
  /** Empty when it is not certain. */
  hours: string
}

export interface Help {
  /** The country whose lines these are (ISO 3166-1 alpha-2); null when it is not known. */
  country: string | null
  /** The number of police and ambulance there. */
  emergency: string
  /** The lines to name, the most fitting first; the last one leads to lines of every country. */
  lines: readonly HelpLine[]
}

export type HelpTopic = 'self_harm' | 'violence'

/** Who is asked for: the country wins over the one that is guessed from the IANA time zone. */
export interface HelpRequest {
  locale: 'ru' | 'en'
  topic: HelpTopic
  country?: string | null
  timezone?: string | null
}

/** More are a wall in a moment in which one call is hard enough. */
const LINES_MAX = 3
/** Where somebody most likely is of whom nothing but the language is known. */
const MOST_LIKELY = { ru: 'RU', en: null } as const

/** Read with the module: a process whose help lines are broken does not start. */
const { countries, worldwide } = loadHelpLines(fileURLToPath(new URL('help-lines.yaml', SAFETY_FOLDER)))
const countryOfZone = createCountryOfZone(Object.keys(countries))

/** The help lines of a person's country, in their language, and always one that leads to those of every country. */
export function helpFor({ locale, topic, country, timezone }: HelpRequest): Help {
  const guessed = country?.toUpperCase() ?? (timezone ? countryOfZone(timezone) : MOST_LIKELY[locale])
  const place = guessed === null ? undefined : countries[guessed]
  const lines = [...linesOf(place, topic, locale).slice(0, LINES_MAX - 1), ...linesOf(worldwide, topic, locale)]
  return {
    country: place ? guessed : null,
    emergency: (place ?? worldwide).emergency,
    lines: lines.slice(0, LINES_MAX),
  }
}

/** Those for the topic: who is there for it alone before others, and who speaks the person's language before all. */
function linesOf(place: HelpPlace | undefined, topic: HelpTopic, locale: 'ru' | 'en'): HelpLine[] {
  const fitting = (place?.lines ?? [])
    .filter((line) => line.for.includes(topic))
    .toSorted((one, other) => one.for.length - other.for.length)
  const spoken = fitting.filter(({ languages }) => languages.includes(locale))
  const others = fitting.filter(({ languages }) => !languages.includes(locale))
  return [...spoken, ...others].map(({ name, contact, hours }) => ({
    name: name[locale],
    contact,
    hours: hours?.[locale] ?? '',
  }))
}
