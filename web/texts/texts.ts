import { FluentBundle, type FluentResource, type FluentVariable } from '@fluent/bundle'
import type { Locale } from '#contract/words'

export type TextArguments = Record<string, FluentVariable>

/** The sentences of one language. `t` gives the key itself when a sentence is missing, so that nothing breaks. */
export interface Texts {
  locale: Locale
  t(key: string, args?: TextArguments): string
}

export function createTexts(locale: Locale, body: FluentResource['body']): Texts {
  const bundle = new FluentBundle(locale, { useIsolating: false })
  bundle.addResource({ body })
  return {
    locale,
    t(key, args) {
      const pattern = bundle.getMessage(key)?.value
      return pattern ? bundle.formatPattern(pattern, args, []) : key
    },
  }
}
