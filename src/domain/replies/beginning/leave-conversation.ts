import { archiveActive, type Conversation, type HistoryMessage, RESTORE_DAYS } from '#domain/conversations'
import type { LockedUser } from '#domain/identity'
import { retireMemory } from '#domain/memory'
import type { Executor } from '#platform/postgres'
import type { Announce } from '../announce.ts'
import { announceCancelled, endWithoutReply } from '../fail-turn.ts'
import { presentMessage } from '../present-message.ts'
import type { Turn } from '../turn.ts'
import { openTurns } from '../turn-store.ts'

/** A conversation that became the active one, and what ended for it. */
export interface Beginning {
  conversation: Conversation
  cancelled: Turn[]
  opening: HistoryMessage | null
}

/**
 * Archives the active conversation with its memory; its open turns are cancelled and their holds released. The caller
 * holds the user's row lock.
 */
export async function leaveActive(
  tx: Executor,
  { id: userId, lastSeq }: Pick<LockedUser, 'id' | 'lastSeq'>,
): Promise<Turn[]> {
  const archivedId = await archiveActive(tx, userId, lastSeq)
  if (!archivedId) return []
  await retireMemory(tx, { userId, conversationId: archivedId, days: RESTORE_DAYS })
  const open = await openTurns(tx, userId, archivedId)
  for (const turn of open) await endWithoutReply(tx, turn, 'cancelled')
  return open
}

/** The part after commit. */
export function announceBeginning(announce: Announce, { conversation, cancelled, opening }: Beginning): void {
  const { userId } = conversation
  for (const turn of cancelled) announceCancelled(announce, turn)
  announce.signal(userId, { kind: 'conversation.changed' })
  announce.event(userId, { name: 'memory', data: {} })
  if (opening) announce.message(userId, presentMessage(opening))
  announce.wakeTurns()
  announce.wakeDeliveries()
}
