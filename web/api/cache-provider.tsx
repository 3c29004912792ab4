import { createContext, useContext, useEffect, useSyncExternalStore } from 'react'
import type { Cache, Known, Query } from './cache.ts'

const CacheContext = createContext<Cache | null>(null)

export const CacheProvider = CacheContext

export function useCache(): Cache {
  const cache = useContext(CacheContext)
  if (!cache) throw new Error('useCache outside of CacheProvider')
  return cache
}

/** What is known of a thing, asked for when nobody has yet. */
export function useKnown<T>(query: Query<T>): Known<T> & { again(): void } {
  const cache = useCache()
  const store = cache.of<T>(query.key)
  const known = useSyncExternalStore(store.subscribe, store.get)
  useEffect(() => cache.want(query), [cache, query])
  return { ...known, again: () => void cache.renew(query) }
}
