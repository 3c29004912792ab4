import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { Conversation, Me } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'

/** Starts a conversation and goes where it is led: the chat, or inside Telegram first the choice of the place. */
export function useStartConversation() {
  const api = useApi()
  const client = useQueryClient()
  const telegram = useTelegram()
  const [, navigate] = useLocation()
  return useMutation({
    mutationFn: (choice: { personaId: string; storyId: string | undefined }) =>
      api.call<{ conversation: Conversation }>('POST', '/api/conversations', { body: choice }),
    onSuccess: ({ conversation }) => {
      client.setQueryData<Me | null>(['me'], (me) => (me ? { ...me, conversation } : me))
      void client.invalidateQueries({ queryKey: ['conversations'] })
      navigate(telegram ? '/started' : '/')
    },
  })
}
