import { type UserSignal, userTopic } from '#domain/identity'
import { Problem } from '#edges/http'
import { placeOf } from '../page-place.ts'
import { beginStream, type StreamRequest } from './begin-stream.ts'
import type { EventStream } from './event-stream.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { returnAfterMs } from './spread-return.ts'
import { createStreamRegistry, type StreamRegistry } from './stream-registry.ts'
import { sweepStreams } from './sweep-streams.ts'
import type { FeedDeps } from './user-feed.ts'

export interface EventStreams {
  /** @throws Problem 429 for too many streams of one user, 401 when the user is gone, 503 when this process leaves */
  open(request: StreamRequest): Promise<void>
  count(): number
  /** Ends every stream, so that the pages go to another process. */
  close(): Promise<void>
}

/** The event streams of this process. */
export function createEventStreams(deps: FeedDeps): EventStreams {
  const lookUp = oneAtATime((error) => deps.log.warn('stream.read_failed', { error }))
  const registry = createStreamRegistry({ ...deps, lookUp })
  let openNow = 0
  let leaving = false
  const stopSweeping = sweepStreams(deps, registry)
  return {
    open,
    count: () => openNow,
    async close() {
      leaving = true
      stopSweeping()
      for (const stream of registry.streams()) stream.end(returnAfterMs(openNow))
    },
  }

  async function open(request: StreamRequest): Promise<void> {
    const { userId } = request.caller
    if (leaving) throw new Problem(503, 'unavailable')
    cutFormer(registry, request)
    const audience = registry.reserve(userId)
    let stream: EventStream
    try {
      await audience.unsubscribe
      stream = await beginStream({ ...deps, returnAfterMs: () => returnAfterMs(openNow) }, request)
      if (leaving) stream.end()
      // A reader that left meanwhile gets no seat: nobody would ever hear it leave.
      if (stream.closed) return
      cutFormer(registry, request)
      registry.giveSeat(stream)
      openNow += 1
    } finally {
      audience.reserved -= 1
      registry.release(userId)
    }
    request.response.on('close', () => leave(stream))
    deps.presence.seen(userId, placeOf(stream.interface, stream.page))
    audience.feed.fill(stream)
  }

  function leave(stream: EventStream): void {
    openNow -= 1
    const { userId, page } = stream
    stream.closed = true
    registry.takeSeat(stream)
    registry.release(userId)
    // It is back already: whoever lost the line without noticing comes again before the old one has ended.
    if (registry.find(userId)?.feed.streams.some((other) => other.page === page)) return
    deps.presence.left(userId, placeOf(stream.interface, page))
    deps.live.publish(userTopic(userId), { kind: 'presence.changed' } satisfies UserSignal)
  }
}

/** A page has one stream: where it comes again, nobody is at the end of the former one any more. */
function cutFormer(registry: StreamRegistry, { page, caller }: StreamRequest): void {
  const former = registry
    .find(caller.userId)
    ?.feed.streams.find((stream) => stream.page === page && stream.sessionId === caller.sessionId)
  if (!former) return
  former.cut()
  registry.takeSeat(former)
}
