import { useQuery } from '@tanstack/react-query'
import type { Conversation, Me, Persona, SignInOptions } from '#contract/api'
import { ApiError } from './api-error.ts'
import { useApi } from './api-provider.tsx'

/** Who is signed in; `null` when nobody is. */
export function useMe() {
  const api = useApi()
  return useQuery({
    queryKey: ['me'],
    queryFn: () =>
      api.call<Me>('GET', '/api/me').catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return null
        throw error
      }),
  })
}

export function usePersonas() {
  const api = useApi()
  return useQuery({
    queryKey: ['personas'],
    queryFn: async () => (await api.call<{ personas: Persona[] }>('GET', '/api/personas')).personas,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useConversations() {
  const api = useApi()
  return useQuery({
    queryKey: ['conversations'],
    queryFn: async () => (await api.call<{ conversations: Conversation[] }>('GET', '/api/conversations')).conversations,
  })
}

export function useSignInOptions() {
  const api = useApi()
  return useQuery({
    queryKey: ['sign-in-options'],
    queryFn: () => api.call<SignInOptions>('GET', '/api/auth/options'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
