import type { Locale } from '#contract/words'
import { createTexts, type Texts } from './texts.ts'

/** Loads the sentences of one language only; the other one stays on the server. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  const { default: source } =
    locale === 'ru' ? await import('../../locales/ru/web.ftl') : await import('../../locales/en/web.ftl')
  return createTexts(locale, source)
}
