import { LOCALES, type Locale } from '#contract/words'

const DEFAULT_LOCALE: Locale = 'ru'
const RANGES_MAX = 20

/** The best of our languages for an `Accept-Language` header (RFC 9110 section 12.5.4) or a single language tag. */
export function pickLocale(accepted: string | undefined): Locale {
  let best: { locale: Locale; quality: number } | null = null
  for (const range of (accepted ?? '').split(',', RANGES_MAX)) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const locale = LOCALES.find((known) => tag === known || tag.startsWith(`${known}-`))
    const quality = qualityOf(parameters)
    if (locale && quality > (best?.quality ?? 0)) best = { locale, quality }
  }
  return best?.locale ?? DEFAULT_LOCALE
}

function qualityOf(parameters: string[]): number {
  const given = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='))
  if (given === undefined) return 1
  const quality = Number(given.slice(2))
  return quality >= 0 && quality <= 1 ? quality : 0
}
