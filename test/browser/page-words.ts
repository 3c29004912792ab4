import { readFile } from 'node:fs/promises'
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'
import type { Locale } from '#contract/words'

/** The page's own sentences, so that a test finds things by the names people read, whatever these are today. */
export type PageWords = (key: string, args?: Record<string, FluentVariable>) => string

/** @throws for a key or an argument that the page does not have */
export async function pageWords(locale: Locale): Promise<PageWords> {
  const bundle = new FluentBundle(locale, { useIsolating: false })
  for (const file of [
    'web',
    'web-linking',
    'web-characters',
    'web-sign-in',
    'web-settings',
    'web-reminders',
    'web-legal',
    'web-credits',
    'web-leaving',
  ]) {
    const source = await readFile(new URL(`../../locales/${locale}/${file}.ftl`, import.meta.url), 'utf8')
    bundle.addResource(new FluentResource(source))
  }
  return (key, args) => {
    const pattern = bundle.getMessage(key)?.value
    if (!pattern) throw new Error(`the page has no ${locale} "${key}"`)
    return bundle.formatPattern(pattern, args)
  }
}
