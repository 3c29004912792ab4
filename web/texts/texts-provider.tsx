import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Locale } from '#contract/words'
import { lastingStorage } from '../shell/guarded-storage.ts'
import { loadTexts } from './load-texts.ts'
import { chooseLocale } from './locale.ts'
import type { Texts } from './texts.ts'

const LOCALE_KEY = 'vitte.locale'

interface Spoken extends Texts {
  speak(locale: Locale): void
}

/** `linking/linking-texts.tsx` adds to it; everybody else reads it by `useTexts`. */
export const TextsContext = createContext<Spoken | null>(null)

/** The language of this browser before anybody has signed in. */
export function guessLocale(): Locale {
  return chooseLocale([lastingStorage.get(LOCALE_KEY) ?? '', ...navigator.languages])
}

export function TextsProvider({ first, children }: { first: Texts; children: ReactNode }) {
  const [texts, setTexts] = useState(first)
  const [locale, setLocale] = useState(first.locale)

  useEffect(() => {
    let wanted = true
    loadTexts(locale).then(
      (loaded) => {
        if (!wanted) return
        lastingStorage.set(LOCALE_KEY, locale)
        setTexts(loaded)
      },
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [locale])

  useEffect(() => {
    document.documentElement.lang = texts.locale
  }, [texts])

  const spoken = useMemo<Spoken>(() => ({ ...texts, speak: setLocale }), [texts])
  return <TextsContext value={spoken}>{children}</TextsContext>
}

export function useTexts(): Spoken {
  const texts = useContext(TextsContext)
  if (!texts) throw new Error('useTexts outside of TextsProvider')
  return texts
}
