import type { Locale } from '#contract/words'

const SPOKEN: readonly Locale[] = ['ru', 'en']

/** The first language of the list that the product speaks; English for everybody else. */
export function chooseLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const locale = SPOKEN.find((spoken) => tag.toLowerCase().split('-')[0] === spoken)
    if (locale) return locale
  }
  return 'en'
}
