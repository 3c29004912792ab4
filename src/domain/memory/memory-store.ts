import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { MemoryJob } from './memory-queue-store.ts'

/** What a run of the digest stands on. */
export interface DigestState {
  sealedSummary: Buffer | null
  seenMessageId: string | null
  repliesWaiting: number
  version: number
}

/** The row under this lease, or null when it is somebody else's or gone. */
export async function readForDigest(
  db: Executor,
  job: MemoryJob & { lease_token: number },
): Promise<DigestState | null> {
  const { rows } = await sql<{
    sealed_summary: Buffer | null
    seen_message_id: string | null
    replies_waiting: number
    version: number
  }>`
    SELECT sealed_summary, seen_message_id, replies_waiting, version FROM memories
    WHERE user_id = ${job.user_id} AND conversation_id = ${job.conversation_id} AND lease_token = ${job.lease_token}
  `.execute(db)
  const row = rows[0]
  return row
    ? {
        sealedSummary: row.sealed_summary,
        seenMessageId: row.seen_message_id,
        repliesWaiting: row.replies_waiting,
        version: row.version,
      }
    : null
}

/** Memories whose conversations should be too old to come back. */
export async function lapsedMemories(
  db: Executor,
  limit: number,
): Promise<{ userId: string; conversationId: string }[]> {
  const { rows } = await sql<{ user_id: string; conversation_id: string }>`
    SELECT user_id, conversation_id FROM memories WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit}
  `.execute(db)
  return rows.map((row) => ({ userId: row.user_id, conversationId: row.conversation_id }))
}

export async function deleteMemory(tx: Executor, userId: string, conversationId: string): Promise<void> {
  await sql`DELETE FROM memories WHERE user_id = ${userId} AND conversation_id = ${conversationId}`.execute(tx)
}
