import { historyBounds } from '#domain/identity'
import { type ReadHistoryDeps, readHistory } from '#domain/replies'
import type { Executor } from '#platform/postgres'
import type { EventStream } from './event-stream.ts'

const PAGE_LIMIT = 100

/**
 * Reads what a stream has missed from the database until nothing is missing. A history that was renumbered meanwhile
 * has no place for the stream any more: the page fetches anew. One call at a time per stream (`one-at-a-time.ts`).
 */
export async function catchUp(deps: ReadHistoryDeps, stream: EventStream): Promise<void> {
  while (!stream.closed) {
    const { messages, hasMore } = await readHistory(deps, stream.userId, {
      after: stream.lastSeq,
      limit: PAGE_LIMIT,
    })
    const next = messages[0]
    // The history is dense, so only a hole is worth a question.
    if (next && next.seq > stream.lastSeq + 1 && (await resetIfRenumbered(deps.db, stream))) return
    for (const message of messages) {
      stream.message(message, { fromHistory: true })
      // Whoever was away for long gets it as fast as they read, and is not taken for somebody who does not.
      await stream.drained()
    }
    if (!hasMore) return
  }
}

async function resetIfRenumbered(db: Executor, stream: EventStream): Promise<boolean> {
  const { userId } = stream
  const bounds = (await historyBounds(db, [userId])).get(userId)
  if (!bounds || stream.lastSeq >= bounds.seqBase - 1) return false
  stream.reset(bounds.lastSeq)
  return true
}
