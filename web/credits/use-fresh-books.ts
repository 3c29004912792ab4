import { useEffect, useRef } from 'react'
import type { Me } from '#contract/api'
import { useCache } from '../api/cache-provider.tsx'
import { SUBSCRIPTION } from './queries.ts'

/** Debt and subscription are told of by no event: asked for when the page opens, and when the balance has changed. */
export function useFreshBooks({ credits }: Me): void {
  const cache = useCache()
  const balance = Object.values(credits).join()
  const seen = useRef('')
  useEffect(() => {
    if (seen.current === balance) return
    const opening = seen.current === ''
    seen.current = balance
    void cache.renewAll(...(opening ? ['me', SUBSCRIPTION] : [SUBSCRIPTION]))
  }, [cache, balance])
}
