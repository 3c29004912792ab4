import type { Message } from '#contract/api'
import type { Interface } from '#contract/words'

/** A reply that is being written; the final message replaces it. */
export interface Reply {
  turnId: string
  text: string
}

/** A line of the reader's own that the server has not confirmed yet. `key` is its Idempotency-Key for all tries. */
export interface Outgoing {
  key: string
  text: string
  state: 'unsent' | 'sending' | 'failed'
  writtenAt: string
}

/**
 * All that a talk shows, immutable. `edge` tells which end changed last: the list keeps its place by it.
 * `bubbleOf` gives a message the key of the bubble that it replaces, so that nothing is drawn anew.
 */
export interface Timeline {
  state: 'loading' | 'ready' | 'failed'
  messages: readonly Message[]
  hasMore: boolean
  edge: 'older' | 'newer'
  replies: readonly Reply[]
  outbox: readonly Outgoing[]
  bubbleOf: ReadonlyMap<string, string>
}

export const emptyTimeline: Timeline = {
  state: 'loading',
  messages: [],
  hasMore: false,
  edge: 'newer',
  replies: [],
  outbox: [],
  bubbleOf: new Map(),
}

/** The newest message held, which is where the event stream resumes; 0 before the first. */
export function lastSeq(timeline: Timeline): number {
  return timeline.messages.at(-1)?.seq ?? 0
}

/** Turns that are still to be answered, oldest first. */
export function waitingTurns(timeline: Timeline): string[] {
  const waiting = new Set(timeline.replies.map((reply) => reply.turnId))
  for (const { role, turn } of timeline.messages.slice(-RECENT_MESSAGES)) {
    if (!turn) continue
    if (role === 'user' && (turn.state === 'queued' || turn.state === 'running')) waiting.add(turn.id)
    if (role === 'assistant') waiting.delete(turn.id)
  }
  return [...waiting]
}

/** Where the oldest answer that is still to come will come to, `here` unless its question says otherwise; null when none is. */
export function placeOfWaiting(timeline: Timeline, here: Interface): Interface | null {
  const [turnId] = waitingTurns(timeline)
  if (!turnId) return null
  const question = timeline.messages.findLast(({ role, turn }) => role === 'user' && turn?.id === turnId)
  return question?.interface ?? here
}

// A lane holds at most 20 waiting turns; three interfaces make 60, each with its answer.
const RECENT_MESSAGES = 120
