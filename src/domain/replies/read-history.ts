import type { HistoryPage, Message } from '#contract/api'
import type { History, HistoryMessage } from '#domain/conversations'
import { statusOfMessages } from '#domain/delivery'
import type { Executor } from '#platform/postgres'
import { presentMessage } from './present-message.ts'
import { turnStates } from './turn-store.ts'

export interface ReadHistoryDeps {
  db: Executor
  history: History
}

/** A page of the user's history, ascending by seq. */
export async function readHistory(
  deps: ReadHistoryDeps,
  userId: string,
  { before, after, limit }: { before?: number | undefined; after?: number | undefined; limit: number },
): Promise<HistoryPage> {
  const at = {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  }
  const lines = await deps.history.page(deps.db, userId, at)
  const hasMore = lines.length > limit
  // The extra line that proves there is more is the farthest one from where the reader stands.
  const page = hasMore ? (after === undefined ? lines.slice(1) : lines.slice(0, limit)) : lines
  return { messages: await withTurns(deps, userId, page), hasMore }
}

/** The page in whose middle one of the user's own lines stands; an empty one when there is no such line. */
export async function readAround(
  deps: ReadHistoryDeps,
  userId: string,
  { id, limit }: { id: string; limit: number },
): Promise<HistoryPage> {
  const line = await deps.history.find(deps.db, userId, id)
  if (!line) return { messages: [], hasMore: false }
  return readHistory(deps, userId, { after: Math.max(0, line.seq - 1 - Math.floor(limit / 2)), limit })
}

/** One of the user's own messages as the contract shows it, or null. */
export async function readMessage(deps: ReadHistoryDeps, userId: string, id: string): Promise<Message | null> {
  const line = await deps.history.find(deps.db, userId, id)
  if (!line) return null
  const [message] = await withTurns(deps, userId, [line])
  return message ?? null
}

async function withTurns({ db }: ReadHistoryDeps, userId: string, lines: HistoryMessage[]): Promise<Message[]> {
  const turnIds = [...new Set(lines.map((line) => line.turnId).filter((id) => id !== null))]
  const replyIds = lines.filter((line) => line.role === 'assistant').map((line) => line.id)
  const [turns, statuses] = await Promise.all([turnStates(db, userId, turnIds), statusOfMessages(db, userId, replyIds)])
  return lines.map((line) => {
    const turn = line.turnId === null ? undefined : turns.get(line.turnId)
    return presentMessage(line, turn, statuses.get(line.id))
  })
}
