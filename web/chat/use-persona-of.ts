import type { Conversation } from '#contract/api'
import { useConversations } from '../api/queries.ts'

/** Who speaks in a conversation; the active one is known before the list of all has come. */
export function usePersonaOf(
  conversationId: string | null,
  active: Conversation | null,
): Conversation['persona'] | undefined {
  return useConversationOf(conversationId, active)?.persona ?? active?.persona
}

export function useConversationOf(
  conversationId: string | null,
  active: Conversation | null,
): Conversation | undefined {
  const { data } = useConversations()
  if (active && active.id === conversationId) return active
  return data?.find(({ id }) => id === conversationId)
}
