import { activeConversation, type Conversation, reactivate } from '#domain/conversations'
import { lockUser, rememberPersona } from '#domain/identity'
import { reviveMemory } from '#domain/memory'
import { type Executor, inTransaction } from '#platform/postgres'
import type { SettleDeps } from '../fail-turn.ts'
import { announceBeginning, leaveActive } from './leave-conversation.ts'

/**
 * Brings an archived conversation back; null when it is unknown, too old, or
 * companions are closed to this person. The active one is archived like at a start.
 * `isNew` says, in the same transaction, whether this was not asked for before: a repetition changes nothing and gets
 * the active one.
 */
export async function restoreConversation(
  deps: SettleDeps,
  userId: string,
  id: string,
  isNew: (tx: Executor, userId: string) => Promise<boolean> = async () => true,
): Promise<Conversation | null> {
  const restored = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user || user.minorLockedAt) return null
    const active = await activeConversation(tx, user.id)
    const first = await isNew(tx, user.id)
    if (active && (active.id === id || !first)) return { conversation: active, cancelled: [] }
    const cancelled = await leaveActive(tx, user)
    const conversation = await reactivate(tx, user.id, id, user.lastSeq)
    if (!conversation) throw new NotRestorable()
    await reviveMemory(tx, user.id, id)
    await rememberPersona(tx, user.id, conversation.personaId)
    return { conversation, cancelled }
  }).catch((error) => {
    if (error instanceof NotRestorable) return null
    throw error
  })
  if (!restored) return null
  announceBeginning(deps.announce, { ...restored, opening: null })
  return restored.conversation
}

/** Rolls the transaction back: the active conversation must not be archived for nothing. */
class NotRestorable extends Error {}
