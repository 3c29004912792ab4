import type { ServerResponse } from 'node:http'
import { STREAM_HEARTBEAT_SECONDS, STREAMS_PER_USER_MAX } from '#contract/limits'
import { historyBounds, liveSessions, type UserSignal, userTopic } from '#domain/identity'
import { type Caller, Problem } from '#edges/http'
import { newId } from '#platform/ids'
import type { Live, Unsubscribe } from '#platform/live'
import { catchUp } from './catch-up.ts'
import { createEventStream, type EventStream } from './event-stream.ts'
import { createUserFeed, type FeedDeps, type UserFeed } from './user-feed.ts'

/** A revoked session's stream must close within five seconds even if the word of it was lost. */
const SESSION_SWEEP_MS = 4_000
const RETRY_AFTER_SECONDS = 10

export interface StreamsDeps extends FeedDeps {
  live: Live
}

export interface EventStreams {
  /** @throws Problem 429 for too many streams of one user, 401 when the user is gone */
  open(
    caller: Caller,
    lastEventId: string | null,
    response: ServerResponse,
    headers: Record<string, string>,
  ): Promise<void>
  count(): number
  /** Ends every stream, so that the pages go to another process. */
  close(): Promise<void>
}

/** The event streams of this process. One sweep serves them all: no timer and no query of a stream's own. */
export function createEventStreams(deps: StreamsDeps): EventStreams {
  const feeds = new Map<string, { feed: UserFeed; unsubscribe: Promise<Unsubscribe>; reserved: number }>()
  const sweeps = [
    setInterval(() => void sweepSessions().catch(warn), SESSION_SWEEP_MS),
    setInterval(() => void heartbeat().catch(warn), STREAM_HEARTBEAT_SECONDS * 1000),
  ]
  return { open, count: () => all().length, close }

  async function open(
    caller: Caller,
    lastEventId: string | null,
    response: ServerResponse,
    headers: Record<string, string>,
  ) {
    const entry = reserve(caller.userId)
    try {
      await entry.unsubscribe
      const bounds = (await historyBounds(deps.db, [caller.userId])).get(caller.userId)
      if (!bounds) throw new Problem(401, 'unauthorized')
      const lastSeq = readLastEventId(lastEventId)
      const known = lastSeq !== null && lastSeq >= bounds.seqBase - 1 && lastSeq <= bounds.lastSeq
      const startSeq = known ? lastSeq : bounds.lastSeq
      const stream = createEventStream(response, { id: newId(), caller, startSeq, headers })
      if (lastSeq !== null && !known) stream.reset(startSeq)
      response.once('close', () => leave(caller, stream))
      entry.feed.streams.add(stream)
      deps.presence.seen(caller.userId, caller.interface)
      await catchUp(deps, stream)
      signal(caller.userId, { kind: 'reply.asked', streamId: stream.id })
      signal(caller.userId, { kind: 'presence.changed' })
    } finally {
      entry.reserved -= 1
      dropIfEmpty(caller.userId)
    }
  }

  /** Counted before anything is awaited, so that many at once count too. */
  function reserve(userId: string) {
    let entry = feeds.get(userId)
    if (!entry) {
      const feed = createUserFeed(deps, userId)
      const hear = (event: unknown) => feed.hear(event as UserSignal)
      entry = {
        feed,
        unsubscribe: deps.live.subscribe(userTopic(userId), { event: hear, gap: feed.checkForGaps }),
        reserved: 0,
      }
      feeds.set(userId, entry)
    }
    if (entry.feed.streams.size + entry.reserved >= STREAMS_PER_USER_MAX) {
      throw new Problem(429, 'too_many_streams', { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } })
    }
    entry.reserved += 1
    return entry
  }

  function leave(caller: Caller, stream: EventStream): void {
    const entry = feeds.get(caller.userId)
    entry?.feed.streams.delete(stream)
    if (![...(entry?.feed.streams ?? [])].some((other) => other.caller.interface === caller.interface)) {
      deps.presence.left(caller.userId, caller.interface)
      signal(caller.userId, { kind: 'presence.changed' })
    }
    dropIfEmpty(caller.userId)
  }

  function dropIfEmpty(userId: string): void {
    const entry = feeds.get(userId)
    if (!entry || entry.feed.streams.size + entry.reserved > 0) return
    feeds.delete(userId)
    void entry.unsubscribe.then((unsubscribe) => unsubscribe()).catch(warn)
  }

  async function sweepSessions(): Promise<void> {
    const streams = all()
    if (streams.length === 0) return
    const alive = await liveSessions(deps.db, [...new Set(streams.map(({ caller }) => caller.sessionId))])
    for (const stream of streams) if (!alive.has(stream.caller.sessionId)) stream.end()
  }

  /** Keeps proxies and presence awake, and finds what a lost wake-up missed. */
  async function heartbeat(): Promise<void> {
    if (feeds.size === 0) return
    for (const stream of all()) {
      stream.heartbeat()
      deps.presence.seen(stream.caller.userId, stream.caller.interface)
    }
    const bounds = await historyBounds(deps.db, [...feeds.keys()])
    for (const [userId, { feed }] of feeds) {
      const lastSeq = bounds.get(userId)?.lastSeq ?? 0
      if ([...feed.streams].some((stream) => stream.lastSeq() < lastSeq)) feed.checkForGaps()
    }
  }

  function all(): EventStream[] {
    return [...feeds.values()].flatMap(({ feed }) => [...feed.streams])
  }

  function signal(userId: string, about: UserSignal): void {
    deps.live.publish(userTopic(userId), about)
  }

  function warn(error: unknown): void {
    deps.log.warn('stream.sweep_failed', { error })
  }

  async function close(): Promise<void> {
    for (const sweep of sweeps) clearInterval(sweep)
    for (const stream of all()) stream.end()
  }
}

/** A number of a message, or null for none and for nonsense. */
function readLastEventId(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
