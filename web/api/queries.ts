import type { Conversation, LegalPage, Me, Persona, SignInOptions } from '#contract/api'
import type { LegalDocument, Locale } from '#contract/words'
import { ApiError } from './api-error.ts'
import { useApi } from './api-provider.tsx'
import type { Query } from './cache.ts'
import { useKnown } from './cache-provider.tsx'
import type { Api } from './create-api.ts'

/** Who is signed in; `null` when nobody is. */
export function meQuery(api: Api): Query<Me | null> {
  const nobody = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
  return { key: 'me', ask: () => api.call<Me>('GET', '/api/me').catch(nobody) }
}

export function useMe() {
  return useKnown(meQuery(useApi()))
}

export function usePersonas() {
  const api = useApi()
  return useKnown<Persona[]>({
    key: 'personas',
    ask: async () => (await api.call<{ personas: Persona[] }>('GET', '/api/personas')).personas,
  })
}

export function useConversations() {
  const api = useApi()
  return useKnown<Conversation[]>({
    key: 'conversations',
    ask: async () => (await api.call<{ conversations: Conversation[] }>('GET', '/api/conversations')).conversations,
  })
}

export function useSignInOptions() {
  const api = useApi()
  return useKnown<SignInOptions>({ key: 'sign-in-options', ask: () => api.call('GET', '/api/auth/options') })
}

/** What people agree to, in this language. */
export function useLegalPage(document: LegalDocument, locale: Locale) {
  const api = useApi()
  return useKnown<LegalPage>({
    key: `legal-${document}-${locale}`,
    ask: () => api.call('GET', `/api/legal/${document}?locale=${locale}`),
  })
}
