import type { ConversationStatus } from '#contract/words'

/** One run of one persona (and story) with one user. */
export interface Conversation {
  id: string
  userId: string
  personaId: string
  personaVersion: number
  storyId: string | null
  status: ConversationStatus
  startedAt: Date
  archivedAt: Date | null
}

/** An archived conversation can be brought back for this long. */
export const RESTORE_DAYS = 30

const DAY_MS = 86_400_000

/** Until when it can be brought back; null for the active one and for one that is too old. */
export function restorableUntil(conversation: Pick<Conversation, 'archivedAt'>, now = new Date()): Date | null {
  if (!conversation.archivedAt) return null
  const until = new Date(conversation.archivedAt.getTime() + RESTORE_DAYS * DAY_MS)
  return until > now ? until : null
}

/** Whether an archived conversation can still be brought back. */
export function isRestorable(conversation: Pick<Conversation, 'archivedAt'>): boolean {
  return restorableUntil(conversation) !== null
}
