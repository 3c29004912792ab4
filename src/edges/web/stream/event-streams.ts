import type { ServerResponse } from 'node:http'
import { historyBounds, type UserSignal, userTopic } from '#domain/identity'
import { type Caller, Problem } from '#edges/http'
import { newId } from '#platform/ids'
import type { Live } from '#platform/live'
import { catchUp } from './catch-up.ts'
import { createEventStream, type EventStream } from './event-stream.ts'
import { createStreamRegistry } from './stream-registry.ts'
import { sweepStreams } from './sweep-streams.ts'
import type { FeedDeps } from './user-feed.ts'

export interface StreamsDeps extends FeedDeps {
  live: Live
}

/** What a page asks for when it opens a stream. */
export interface StreamRequest {
  caller: Caller
  /** `Last-Event-ID` as it came; null begins now. */
  lastEventId: string | null
  response: ServerResponse
  headers: Record<string, string>
}

export interface EventStreams {
  /** @throws Problem 429 for too many streams of one user, 401 when the user is gone */
  open(request: StreamRequest): Promise<void>
  count(): number
  /** Ends every stream, so that the pages go to another process. */
  close(): Promise<void>
}

/** The event streams of this process. */
export function createEventStreams(deps: StreamsDeps): EventStreams {
  const registry = createStreamRegistry(deps)
  const stopSweeping = sweepStreams(deps, registry)
  return {
    open,
    count: () => registry.streams().length,
    async close() {
      stopSweeping()
      for (const stream of registry.streams()) stream.end()
    },
  }

  async function open(request: StreamRequest): Promise<void> {
    const { userId, interface: place } = request.caller
    const audience = registry.reserve(userId)
    let stream: EventStream
    try {
      await audience.unsubscribe
      stream = await begin(request)
      // A reader that left meanwhile gets no seat: nobody would ever hear it leave.
      if (stream.closed) return
      audience.feed.streams.add(stream)
    } finally {
      audience.reserved -= 1
      registry.release(userId)
    }
    request.response.once('close', () => leave(stream))
    deps.presence.seen(userId, place)
    await fill(stream)
  }

  /** The answer has begun: what fails from here on ends the stream, and the page comes back. */
  async function fill(stream: EventStream): Promise<void> {
    const { userId } = stream.caller
    try {
      await catchUp(deps, stream)
      signal(userId, { kind: 'reply.asked', streamId: stream.id })
      signal(userId, { kind: 'presence.changed' })
    } catch (error) {
      deps.log.warn('stream.read_failed', { error })
      stream.end()
    }
  }

  /** Where the page left off, if the history still has that place; else the page fetches anew and the stream begins now. */
  async function begin({ caller, lastEventId, response, headers }: StreamRequest): Promise<EventStream> {
    const bounds = (await historyBounds(deps.db, [caller.userId])).get(caller.userId)
    if (!bounds) throw new Problem(401, 'unauthorized')
    const lastSeq = Number(lastEventId)
    const known = /^\d{1,15}$/.test(lastEventId ?? '') && lastSeq >= bounds.seqBase - 1 && lastSeq <= bounds.lastSeq
    const startSeq = known ? lastSeq : bounds.lastSeq
    const stream = createEventStream(response, { id: newId(), caller, startSeq, headers })
    if (lastEventId && !known) stream.reset(startSeq)
    return stream
  }

  function leave(stream: EventStream): void {
    const { userId, interface: place } = stream.caller
    const streams = registry.find(userId)?.feed.streams
    streams?.delete(stream)
    if (![...(streams ?? [])].some((other) => other.caller.interface === place)) {
      deps.presence.left(userId, place)
      signal(userId, { kind: 'presence.changed' })
    }
    registry.release(userId)
  }

  function signal(userId: string, about: UserSignal): void {
    deps.live.publish(userTopic(userId), about)
  }
}
