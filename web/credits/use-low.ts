import { useEffect, useState } from 'react'
import type { CreditType } from '#contract/words'
import { lastingStorage } from '../shell/guarded-storage.ts'
import { runsLow } from './available.ts'

/** Whether the reader should be told that credits run low: until they put it away, and anew after more came. */
export function useLow(userId: string, type: CreditType, replies: number): { low: boolean; hide(): void } {
  const key = `vitte.low.${type}.${userId}`
  const [hidden, setHidden] = useState(() => lastingStorage.get(key) !== null)
  const plenty = replies > 0 && !runsLow(replies)
  useEffect(() => {
    if (!plenty) return
    lastingStorage.remove(key)
    setHidden(false)
  }, [plenty, key])
  return {
    low: runsLow(replies) && !hidden,
    hide() {
      lastingStorage.set(key, 'hidden')
      setHidden(true)
    },
  }
}
