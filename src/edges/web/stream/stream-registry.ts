import { STREAM_HEARTBEAT_SECONDS, STREAMS_PER_USER_MAX } from '#contract/limits'
import { userTopic } from '#domain/identity'
import { Problem } from '#edges/http'
import type { Unsubscribe } from '#platform/live'
import type { EventStream } from './event-stream.ts'
import { type FeedTools, UserFeed } from './user-feed.ts'

const RETRY_AFTER_SECONDS = 10

/** The heartbeat goes round once in this time, a part of the audiences each second. */
export const ROUND_SECONDS = STREAM_HEARTBEAT_SECONDS

/** A user with open pages in this process. */
export interface Audience {
  feed: UserFeed
  /** Resolves once the user's topic is heard. */
  unsubscribe: Promise<Unsubscribe>
  /** Streams that are about to open. */
  reserved: number
  /** In which second of the heartbeat's round it has its turn. */
  turn: number
}

/** Who has pages open here. A user is subscribed to while at least one page is open or opening. */
export interface StreamRegistry {
  /** Counts one more before anything is awaited, so that many at once count too. @throws Problem 429 */
  reserve(userId: string): Audience
  /** Hears the user no more, unless a stream is open or about to be. */
  release(userId: string): void
  /** Gives a stream its seat beside the others of its user. */
  giveSeat(stream: EventStream): void
  /** Takes the seat away, if it has one; its user is still heard. */
  takeSeat(stream: EventStream): void
  find(userId: string): Audience | undefined
  audiences(): Map<string, Audience>
  streams(): EventStream[]
}

export function createStreamRegistry(tools: FeedTools): StreamRegistry {
  const audiences = new Map<string, Audience>()
  let gathered = 0
  return {
    reserve(userId) {
      const audience = audiences.get(userId) ?? gather(userId)
      if (audience.feed.streams.length + audience.reserved >= STREAMS_PER_USER_MAX) {
        throw new Problem(429, 'too_many_streams', { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } })
      }
      audience.reserved += 1
      return audience
    },
    release,
    giveSeat(stream) {
      const feed = audiences.get(stream.userId)?.feed
      // Made anew: a list that grows by itself has room for seventeen from the first one on.
      if (feed) feed.streams = [...feed.streams, stream]
    },
    takeSeat(stream) {
      const feed = audiences.get(stream.userId)?.feed
      if (feed) feed.streams = feed.streams.filter((other) => other !== stream)
    },
    find: (userId) => audiences.get(userId),
    audiences: () => audiences,
    streams: () => [...audiences.values()].flatMap(({ feed }) => feed.streams),
  }

  function release(userId: string): void {
    const audience = audiences.get(userId)
    if (!audience || audience.feed.streams.length + audience.reserved > 0) return
    audiences.delete(userId)
    audience.unsubscribe.then((unsubscribe) => unsubscribe()).catch(warn)
  }

  function gather(userId: string): Audience {
    const feed = new UserFeed(tools, userId)
    const unsubscribe = tools.live.subscribe(userTopic(userId), feed)
    const audience = { feed, unsubscribe, reserved: 0, turn: gathered % ROUND_SECONDS }
    gathered += 1
    audiences.set(userId, audience)
    return audience
  }

  function warn(error: unknown): void {
    tools.log.warn('stream.unsubscribe_failed', { error })
  }
}
