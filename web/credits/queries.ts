import type { Offer, Subscription } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useKnown } from '../api/cache-provider.tsx'
import type { Api } from '../api/create-api.ts'
import type { EntryPage } from './join-pages.ts'

const PAGE_ENTRIES = 50

/** The newest entries, or those before the one given. */
export function readEntries(api: Api, before?: string): Promise<EntryPage> {
  return api.call('GET', `/api/credits/entries?limit=${PAGE_ENTRIES}${before ? `&before=${before}` : ''}`)
}

export function useOffers() {
  const api = useApi()
  return useKnown<Offer[]>({
    key: 'offers',
    ask: async () => (await api.call<{ offers: Offer[] }>('GET', '/api/offers')).offers,
  })
}

/** What the cache knows the subscription as. */
export const SUBSCRIPTION = 'subscription'

export function useSubscription() {
  const api = useApi()
  return useKnown<Subscription | null>({
    key: SUBSCRIPTION,
    ask: async () => (await api.call<{ subscription: Subscription | null }>('GET', '/api/subscription')).subscription,
  })
}
