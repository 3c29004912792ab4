import type { Message } from '#contract/api'
import type { StreamEvent } from '#contract/events'
import { DELIVERY_TOPIC, PROACTIVE_TOPIC } from '#domain/delivery'
import { type UserSignal, userTopic } from '#domain/identity'
import { MEMORY_TOPIC } from '#domain/memory'
import type { Live } from '#platform/live'
import type { AcceptRow } from './accept-store.ts'
import type { EndedTurn } from './turn.ts'
import { TURN_TOPIC } from './turn-queue-store.ts'

/** Tells workers and open pages what was just committed. Never before the commit, never waiting for anybody. */
export interface Announce {
  received(row: AcceptRow, message: Message | null): void
  message(userId: string, message: Message): void
  event(userId: string, event: Extract<UserSignal, { kind: 'event' }>['event'], only?: string): void
  signal(userId: string, signal: UserSignal): void
  /** A turn is over; for figures, nobody waits for it. */
  ended(turn: EndedTurn): void
  wakeTurns(): void
  wakeDeliveries(): void
  /** The same for what nobody asked for. */
  wakeProactive(): void
  wakeMemories(): void
}

export function createAnnounce(live: Pick<Live, 'publish'>, ended: Announce['ended'] = () => {}): Announce {
  const announce: Announce = {
    received(row, message) {
      if (row.wake_turn) announce.wakeTurns()
      if (row.wake_delivery) announce.wakeDeliveries()
      if (!message) return
      announce.message(row.user_id, message)
      if (row.outcome === 'accepted') announce.signal(row.user_id, { kind: 'credits.changed' })
    },
    message: (userId, message) => announce.signal(userId, { kind: 'message', message }),
    event(userId, event: Exclude<StreamEvent, { name: 'message' }>, only) {
      announce.signal(userId, only === undefined ? { kind: 'event', event } : { kind: 'event', event, only })
    },
    signal: (userId, signal) => live.publish(userTopic(userId), signal),
    ended,
    wakeTurns: () => live.publish(TURN_TOPIC, {}),
    wakeDeliveries: () => live.publish(DELIVERY_TOPIC, {}),
    wakeProactive: () => live.publish(PROACTIVE_TOPIC, {}),
    wakeMemories: () => live.publish(MEMORY_TOPIC, {}),
  }
  return announce
}
