import type { Fact } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import type { Query } from '../api/cache.ts'
import { useKnown } from '../api/cache-provider.tsx'
import type { Api } from '../api/create-api.ts'

/** The event `memory` asks for it again by this key. */
const MEMORY_KEY = 'memory'

/** What the companion of the active conversation remembers, oldest first. */
export function memoryQuery(api: Api): Query<Fact[]> {
  return { key: MEMORY_KEY, ask: async () => (await api.call<{ facts: Fact[] }>('GET', '/api/memory')).facts }
}

export function useMemory() {
  return useKnown(memoryQuery(useApi()))
}
