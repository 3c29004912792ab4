import { useLocation } from 'wouter'
import type { Conversation } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { changeMe } from '../api/change-me.ts'
import { useAction } from '../api/use-action.ts'
import { useTelegram } from '../telegram/telegram-context.tsx'

/** Starts a conversation and goes where it is led: the chat, or inside Telegram first the choice of the place. */
export function useStartConversation() {
  const api = useApi()
  const cache = useCache()
  const telegram = useTelegram()
  const [, navigate] = useLocation()
  return useAction(
    (choice: { personaId: string; storyId: string | undefined }) =>
      api.call<{ conversation: Conversation }>('POST', '/api/conversations', { body: choice }),
    {
      onDone({ conversation }) {
        telegram?.feel('success')
        changeMe(cache, { conversation })
        void cache.renewAll('conversations')
        navigate(telegram ? '/chat/started' : '/')
      },
      onError(error) {
        telegram?.feel('failure')
        // Withdrawn meanwhile: what is on offer now decides what the page shows.
        if (error instanceof ApiError && error.status === 404) void cache.renewAll('personas')
      },
    },
  )
}
