import { type ReadHistoryDeps, readHistory } from '#domain/replies'
import type { EventStream } from './event-stream.ts'

const PAGE_LIMIT = 100

/** Reads what a stream has missed from the database until nothing is missing. One call at a time per stream. */
export async function catchUp(deps: ReadHistoryDeps, stream: EventStream): Promise<void> {
  while (!stream.closed) {
    const { messages, hasMore } = await readHistory(deps, stream.caller.userId, {
      after: stream.lastSeq(),
      limit: PAGE_LIMIT,
    })
    for (const message of messages) stream.message(message, true)
    if (!hasMore) return
  }
}
