import { type ReactNode, use, useMemo } from 'react'
import type { Locale } from '#contract/words'
import { createTexts, type Texts } from '../texts/texts.ts'
import { TextsContext, useTexts } from '../texts/texts-provider.tsx'

const loads: Partial<Record<Locale, Promise<Texts>>> = {}

/** The sentences about links, logins and devices join the others when a page needs them; until then it suspends. */
export function LinkingTexts({ children }: { children: ReactNode }) {
  const texts = useTexts()
  const more = use(load(texts.locale))
  const joined = useMemo(
    () => ({
      ...texts,
      t: (...[key, args]: Parameters<Texts['t']>) => {
        const sentence = more.t(key, args)
        return sentence === key ? texts.t(key, args) : sentence
      },
    }),
    [texts, more],
  )
  return <TextsContext value={joined}>{children}</TextsContext>
}

/** Begun as soon as this part of the page is. A failed load is forgotten, so that the next page tries again. */
function load(locale: Locale): Promise<Texts> {
  const known = loads[locale]
  if (known) return known
  const loading = read(locale)
  loads[locale] = loading
  loading.catch(() => delete loads[locale])
  return loading
}

async function read(locale: Locale): Promise<Texts> {
  const { default: source } =
    locale === 'ru'
      ? await import('../../locales/ru/web-linking.ftl')
      : await import('../../locales/en/web-linking.ftl')
  return createTexts(locale, source)
}
