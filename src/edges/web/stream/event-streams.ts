import { type UserSignal, userTopic } from '#domain/identity'
import { beginStream, type StreamRequest } from './begin-stream.ts'
import { catchUp } from './catch-up.ts'
import type { EventStream } from './event-stream.ts'
import { returnAfterMs } from './spread-return.ts'
import { createStreamRegistry } from './stream-registry.ts'
import { sweepStreams } from './sweep-streams.ts'
import type { FeedDeps } from './user-feed.ts'

export interface EventStreams {
  /** @throws Problem 429 for too many streams of one user, 401 when the user is gone */
  open(request: StreamRequest): Promise<void>
  count(): number
  /** Ends every stream, so that the pages go to another process. */
  close(): Promise<void>
}

/** The event streams of this process. */
export function createEventStreams(deps: FeedDeps): EventStreams {
  const registry = createStreamRegistry(deps)
  let openNow = 0
  const stopSweeping = sweepStreams(deps, registry)
  return {
    open,
    count: () => openNow,
    async close() {
      stopSweeping()
      for (const stream of registry.streams()) stream.end(returnAfterMs(openNow))
    },
  }

  async function open(request: StreamRequest): Promise<void> {
    const { userId, interface: place } = request.caller
    const audience = registry.reserve(userId)
    let stream: EventStream
    try {
      await audience.unsubscribe
      stream = await beginStream({ ...deps, returnAfterMs: () => returnAfterMs(openNow) }, request)
      // A reader that left meanwhile gets no seat: nobody would ever hear it leave.
      if (stream.closed) return
      audience.feed.streams.add(stream)
      openNow += 1
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
      signal(deps, userId, { kind: 'reply.asked', streamId: stream.id })
      signal(deps, userId, { kind: 'presence.changed' })
    } catch (error) {
      deps.log.warn('stream.read_failed', { error })
      stream.end()
    }
  }

  function leave(stream: EventStream): void {
    openNow -= 1
    const { userId, interface: place } = stream.caller
    const streams = registry.find(userId)?.feed.streams
    streams?.delete(stream)
    if (![...(streams ?? [])].some((other) => other.caller.interface === place)) {
      deps.presence.left(userId, place)
      signal(deps, userId, { kind: 'presence.changed' })
    }
    registry.release(userId)
  }
}

function signal({ live }: FeedDeps, userId: string, about: UserSignal): void {
  live.publish(userTopic(userId), about)
}
