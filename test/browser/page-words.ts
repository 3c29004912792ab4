import { readFile } from 'node:fs/promises'
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'
import type { Locale } from '#contract/words'

/** The page's own sentences, so that a test finds things by the names people read, whatever these are today. */
export type PageWords = (key: string, args?: Record<string, FluentVariable>) => string

/** @throws for a key or an argument that the page does not have */
export async function pageWords(locale: Locale): Promise<PageWords> {
  const source = await readFile(new URL(`../../locales/${locale}/web.ftl`, import.meta.url), 'utf8')
  const bundle = new FluentBundle(locale, { useIsolating: false })
  bundle.addResource(new FluentResource(source))
  return (key, args) => {
    const pattern = bundle.getMessage(key)?.value
    if (!pattern) throw new Error(`locales/${locale}/web.ftl has no "${key}"`)
    return bundle.formatPattern(pattern, args)
  }
}
