import type { Kysely } from 'kysely'
import { findConversation, isRestorable, RESTORE_DAYS } from '#domain/conversations'
import { lockUser } from '#domain/identity'
import { type Database, inTransaction } from '#platform/postgres'
import { deleteFactsOf } from './fact-store.ts'
import { retireMemory, reviveMemory } from './memory-queue-store.ts'
import { deleteMemory, lapsedMemories } from './memory-store.ts'

const SWEEP_MEMORIES_MAX = 500

/** What belongs to conversations that can no longer be brought back is forgotten for good. Their lines stay. */
export async function forgetLapsedMemories(db: Kysely<Database>): Promise<void> {
  for (const { userId, conversationId } of await lapsedMemories(db, SWEEP_MEMORIES_MAX)) {
    await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, userId)
      // Merged since it was listed: it is listed under its new user the next time.
      if (user && user.id !== userId) return
      const conversation = await findConversation(tx, userId, conversationId)
      if (conversation?.status === 'active') return reviveMemory(tx, userId, conversationId)
      if (conversation && isRestorable(conversation)) {
        return retireMemory(tx, { userId, conversationId, days: RESTORE_DAYS })
      }
      await deleteFactsOf(tx, userId, conversationId)
      await deleteMemory(tx, userId, conversationId)
    })
  }
}
