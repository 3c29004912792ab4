import type { ServerResponse } from 'node:http'
import { historyBounds } from '#domain/identity'
import { type Caller, Problem } from '#edges/http'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import { EventStream } from './event-stream.ts'
import type { Synced } from './time-to-page.ts'

/** What a page asks for when it opens a stream. */
export interface StreamRequest {
  caller: Caller
  /** Which of the person's pages it is, if the page says so. */
  page?: string | null
  /** `Last-Event-ID` as it came; null begins now. */
  lastEventId: string | null
  response: ServerResponse
  headers: Record<string, string>
}

export interface BeginStreamDeps {
  db: Executor
  synced?: Synced
  /** When a page that is cut off shall come back. */
  returnAfterMs(): number
}

/**
 * Begins the answer where the page left off, if the history still has that place; else the page fetches anew and the
 * stream begins now.
 * @throws Problem 401 when the user is gone
 */
export async function beginStream(
  { db, synced, returnAfterMs }: BeginStreamDeps,
  { caller, page, lastEventId, response, headers }: StreamRequest,
): Promise<EventStream> {
  const bounds = (await historyBounds(db, [caller.userId])).get(caller.userId)
  if (!bounds) throw new Problem(401, 'unauthorized')
  const lastSeq = Number(lastEventId)
  const known = /^\d{1,15}$/.test(lastEventId ?? '') && lastSeq >= bounds.seqBase - 1 && lastSeq <= bounds.lastSeq
  const startSeq = known ? lastSeq : bounds.lastSeq
  const id = newId()
  const stream = new EventStream(response, {
    id,
    page: page ?? id,
    caller,
    startSeq,
    atEnd: startSeq === bounds.lastSeq,
    headers,
    retryMs: returnAfterMs(),
    synced,
  })
  if (lastEventId && !known) stream.reset(startSeq)
  return stream
}
