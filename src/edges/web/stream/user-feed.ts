import type { StreamEvent } from '#contract/events'
import { activeConversation } from '#domain/conversations'
import { balanceOf } from '#domain/credits'
import { historyBounds, type UserSignal, userTopic } from '#domain/identity'
import type { Catalogue } from '#domain/personas'
import type { ReadHistoryDeps } from '#domain/replies'
import type { Live } from '#platform/live'
import type { Log } from '#platform/log'
import type { Presence } from '#platform/presence'
import { presentConversation } from '../talk/present-conversation.ts'
import { catchUp } from './catch-up.ts'
import type { EventStream } from './event-stream.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { Synced } from './time-to-page.ts'

export interface FeedDeps extends ReadHistoryDeps {
  live: Live
  catalogue: Catalogue
  presence: Presence
  log: Log
  synced?: Synced
}

/** All open pages of one user in this process: one subscription, one look at the database for all of them. */
export interface UserFeed {
  readonly streams: Set<EventStream>
  hear(signal: UserSignal): void
  /** Something may have been missed: every page reads on from where it is. */
  checkForGaps(): void
}

export function createUserFeed(deps: FeedDeps, userId: string): UserFeed {
  const streams = new Set<EventStream>()
  const look = (work: () => Promise<void>) =>
    oneAtATime(work, (error) => deps.log.warn('stream.read_failed', { error }))
  const credits = look(async () => {
    const { available } = await balanceOf(deps.db, userId)
    broadcast({ name: 'credits', data: available })
  })
  const conversation = look(async () => {
    const active = await activeConversation(deps.db, userId)
    if (!active) return
    for (const [locale, readers] of Map.groupBy(streams, ({ caller }) => caller.locale)) {
      const event = { name: 'conversation', data: presentConversation(deps.catalogue, active, locale) } as const
      for (const stream of readers) stream.event(event)
    }
  })
  const presence = look(async () => {
    const data = await deps.presence.of(userId)
    broadcast({ name: 'presence', data })
  })
  const gaps = look(async () => {
    await Promise.all([...streams].map((stream) => catchUp(deps, stream)))
  })
  const reset = look(() => resetAll(deps, userId, streams))
  return { streams, hear, checkForGaps: gaps }

  function hear(signal: UserSignal): void {
    switch (signal.kind) {
      case 'message':
        if ([...streams].some((stream) => !stream.message(signal.message))) gaps()
        return
      case 'event':
        for (const stream of streams) if (!signal.only || signal.only === stream.id) stream.event(signal.event)
        return
      case 'credits.changed':
        credits()
        return
      case 'conversation.changed':
        conversation()
        return
      case 'presence.changed':
        presence()
        return
      case 'reset':
        reset()
        return
      case 'session.ended':
        for (const stream of streams) if (stream.caller.sessionId === signal.sessionId) stream.end()
    }
  }

  function broadcast(event: Exclude<StreamEvent, { name: 'message' }>): void {
    for (const stream of streams) stream.event(event)
  }
}

/** The history was renumbered: pages forget it, and what was being written too, and go on from its present end. */
async function resetAll({ db, live }: FeedDeps, userId: string, streams: Set<EventStream>): Promise<void> {
  const bounds = (await historyBounds(db, [userId])).get(userId)
  if (!bounds) return
  for (const stream of streams) {
    stream.reset(bounds.lastSeq)
    live.publish(userTopic(userId), { kind: 'reply.asked', streamId: stream.id })
  }
}
