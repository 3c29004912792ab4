import type { StreamEvent } from '#contract/events'
import { activeConversation } from '#domain/conversations'
import { balanceOf } from '#domain/credits'
import { historyBounds, type UserSignal, userTopic } from '#domain/identity'
import type { Catalogue } from '#domain/personas'
import type { ReadHistoryDeps } from '#domain/replies'
import type { Live, Subscriber } from '#platform/live'
import type { Log } from '#platform/log'
import type { Presence } from '#platform/presence'
import { presentConversation } from '../talk/present-conversation.ts'
import { catchUp } from './catch-up.ts'
import type { EventStream } from './event-stream.ts'
import { frameOfEvent, frameOfMessage } from './frames.ts'
import { isSomebodyElsewhere, presentPresence } from './present-presence.ts'
import type { Synced } from './time-to-page.ts'

export interface FeedDeps extends ReadHistoryDeps {
  live: Live
  catalogue: Catalogue
  presence: Presence
  log: Log
  synced?: Synced
}

export interface FeedTools extends FeedDeps {
  /** Looks after what is looked up for pages; see `one-at-a-time.ts`. */
  lookUp(name: string, work: () => Promise<void>): void
}

type MomentEvent = Exclude<StreamEvent, { name: 'message' }>

/**
 * All open pages of one user in this process: one subscription, one look at the database and one making of bytes for
 * all of them. A class for the same reason as a stream is one.
 */
export class UserFeed implements Subscriber {
  readonly userId: string
  streams: readonly EventStream[] = []
  /** The latest seq that was told here; beyond any when something may have been missed. */
  heardSeq = 0
  readonly #tools: FeedTools
  /** What was last told of who else is there, while somebody is. */
  #elsewhere: string | null = null

  constructor(tools: FeedTools, userId: string) {
    this.#tools = tools
    this.userId = userId
  }

  /** A signal about the user. */
  event(told: unknown): void {
    const signal = told as UserSignal
    switch (signal.kind) {
      case 'message': {
        this.heardSeq = Math.max(this.heardSeq, signal.message.seq)
        const frame = frameOfMessage(signal.message)
        const missed = this.streams.filter((stream) => !stream.message(signal.message, { frame }))
        for (const stream of missed) this.#catchUp(stream)
        return
      }
      case 'event':
        this.#tell(signal.event, signal.only)
        return
      case 'credits.changed':
        this.#lookUp('credits', () => this.#tellCredits())
        return
      case 'conversation.changed':
        this.#lookUp('conversation', () => this.#tellConversation())
        return
      case 'presence.changed':
        this.#lookUp('presence', () => this.#tellPresence())
        return
      case 'reset':
        this.#lookUp('reset', () => this.#resetAll())
        return
      case 'session.ended':
        for (const stream of this.streams) if (stream.sessionId === signal.sessionId) stream.end()
    }
  }

  /** Something may have been missed: every page reads on from where it is. */
  gap(): void {
    this.heardSeq = Number.POSITIVE_INFINITY
    for (const stream of this.streams) this.#catchUp(stream)
  }

  /** Lets a page that has just opened have what it missed, then what is under way. What fails ends it: it comes back. */
  fill(stream: EventStream): void {
    const { live, log } = this.#tools
    this.#tools.lookUp(`missed ${stream.id}`, async () => {
      try {
        if (!stream.atEnd || stream.lastSeq < this.heardSeq) await catchUp(this.#tools, stream)
        live.publish(userTopic(this.userId), { kind: 'reply.asked', streamId: stream.id })
        live.publish(userTopic(this.userId), { kind: 'presence.changed' })
      } catch (error) {
        log.warn('stream.read_failed', { error })
        stream.end()
      }
    })
  }

  /** Whoever went elsewhere without a word is not told of by anybody: only a look finds that they are gone. */
  refreshPresence(): void {
    if (this.#elsewhere !== null) this.#lookUp('presence', () => this.#tellPresence({ onlyNews: true }))
  }

  #catchUp(stream: EventStream): void {
    this.#tools.lookUp(`missed ${stream.id}`, () => catchUp(this.#tools, stream))
  }

  #lookUp(what: string, work: () => Promise<void>): void {
    this.#tools.lookUp(`${what} ${this.userId}`, work)
  }

  #tell(event: MomentEvent, only?: string): void {
    const said = { event, frame: frameOfEvent(event) }
    for (const stream of this.streams) if (!only || only === stream.id) stream.say(said)
  }

  async #tellCredits(): Promise<void> {
    const { available } = await balanceOf(this.#tools.db, this.userId)
    this.#tell({ name: 'credits', data: available })
  }

  async #tellConversation(): Promise<void> {
    const active = await activeConversation(this.#tools.db, this.userId)
    if (!active) return
    for (const [locale, readers] of Map.groupBy(this.streams, (stream) => stream.locale)) {
      const event = { name: 'conversation', data: presentConversation(this.#tools.catalogue, active, locale) } as const
      const said = { event, frame: frameOfEvent(event) }
      for (const stream of readers) stream.say(said)
    }
  }

  async #tellPresence({ onlyNews = false } = {}): Promise<void> {
    const data = presentPresence(await this.#tools.presence.of(this.userId))
    const said = JSON.stringify(data)
    if (onlyNews && said === this.#elsewhere) return
    this.#elsewhere = isSomebodyElsewhere(data, this.streams) ? said : null
    this.#tell({ name: 'presence', data })
  }

  /** The history was renumbered: pages forget it, and what was being written too, and go on from its present end. */
  async #resetAll(): Promise<void> {
    const { db, live } = this.#tools
    const bounds = (await historyBounds(db, [this.userId])).get(this.userId)
    if (!bounds) return
    for (const stream of this.streams) {
      stream.reset(bounds.lastSeq)
      live.publish(userTopic(this.userId), { kind: 'reply.asked', streamId: stream.id })
    }
  }
}
