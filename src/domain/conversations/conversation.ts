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
