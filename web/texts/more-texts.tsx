import type { FluentResource } from '@fluent/bundle'
import { type ReactNode, use, useDeferredValue, useMemo } from 'react'
import type { Locale } from '#contract/words'
import { createTexts, type Texts } from './texts.ts'
import { TextsContext, useTexts } from './texts-provider.tsx'

type Sources = Record<Locale, () => Promise<{ default: FluentResource['body'] }>>

/** Gives a component whose sentences join the others when a page needs them; until they are there it suspends. */
export function moreTexts(sources: Sources): (props: { children: ReactNode }) => ReactNode {
  const loads: Partial<Record<Locale, Promise<Texts>>> = {}

  /** A failed load is forgotten, so that the next page tries again. */
  const load = (locale: Locale): Promise<Texts> => {
    const loading = loads[locale] ?? sources[locale]().then(({ default: body }) => createTexts(locale, body))
    loads[locale] = loading
    loading.catch(() => delete loads[locale])
    return loading
  }
  return function MoreTexts({ children }) {
    const texts = useTexts()
    // When the language changes, the page stays as it is until the new sentences are there.
    const more = use(load(useDeferredValue(texts.locale)))
    const joined = useMemo(() => join(texts, more), [texts, more])
    return <TextsContext value={joined}>{children}</TextsContext>
  }
}

function join<T extends Texts>(texts: T, more: Texts): T {
  return {
    ...texts,
    t: (...[key, args]: Parameters<Texts['t']>) => {
      const sentence = more.t(key, args)
      return sentence === key ? texts.t(key, args) : sentence
    },
  }
}
