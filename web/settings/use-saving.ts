import { useEffect, useRef, useState } from 'react'
import type { Me, Proactive } from '#contract/api'
import type { Locale } from '#contract/words'
import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { changeMe } from '../api/change-me.ts'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

const SAVED_SHOWN_MS = 2500

export type Part = 'day' | 'first-word' | 'look'
type User = Me['user']

interface UserChange {
  locale?: Locale
  timezone?: string
  proactive?: Partial<Proactive>
}

export interface Saving {
  /** Shows the change at once and saves it; what the server refuses goes back, with a sentence. */
  save(part: Part, change: UserChange): void
  /** Says the same of what is kept in this browser alone. */
  kept(part: Part): void
  /** The part of the page that was saved a moment ago. */
  saved: Part | null
}

/** Saves what the settings page changes, one change after the other in the order of the presses. */
export function useSaving(user: User): Saving {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const [saved, kept] = useSavedMark()
  const line = useRef<{ waiting: number; agreed: User; last: Promise<void> }>({
    waiting: 0,
    agreed: user,
    last: Promise.resolve(),
  })
  const send = async (part: Part, change: UserChange) => {
    const { user: agreed } = await api.call<Me>('PATCH', '/api/me', { body: change })
    line.current.agreed = agreed
    kept(part)
    // Companions and their stories speak the language of the user.
    if (change.locale) await cache.renewAll()
  }
  return {
    saved,
    kept,
    save(part, change) {
      const now = line.current
      if (now.waiting === 0) now.agreed = user
      now.waiting += 1
      changeMe(cache, { user: changed(user, change) })
      now.last = now.last
        .then(() => send(part, change))
        .catch((error: unknown) => tell(sentenceOf(error, t('settings-not-saved'))))
        .then(() => {
          now.waiting -= 1
          // Until the last press is answered the page shows what was pressed, not what the server has so far.
          if (now.waiting === 0) changeMe(cache, { user: now.agreed })
        })
    },
  }
}

function changed(user: User, { proactive, ...change }: UserChange): User {
  return { ...user, ...change, proactive: { ...user.proactive, ...proactive } }
}

function useSavedMark(): [Part | null, (part: Part) => void] {
  const [mark, setMark] = useState<{ part: Part } | null>(null)
  useEffect(() => {
    if (!mark) return
    const timer = setTimeout(() => setMark(null), SAVED_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [mark])
  return [mark?.part ?? null, (part) => setMark({ part })]
}
