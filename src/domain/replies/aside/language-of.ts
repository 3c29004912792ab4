import type { Locale } from '#contract/words'

const CYRILLIC = /\p{Script=Cyrillic}/gu
const LATIN = /\p{Script=Latin}/gu

/** The language of ours that a text is most likely in, by its letters; null without any. */
export function languageOf(text: string): Locale | null {
  const cyrillic = text.match(CYRILLIC)?.length ?? 0
  const latin = text.match(LATIN)?.length ?? 0
  if (cyrillic + latin === 0) return null
  return cyrillic >= latin ? 'ru' : 'en'
}
