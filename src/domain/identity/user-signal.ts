import type { Message } from '#contract/api'
import type { StreamEvent } from '#contract/events'

/**
 * What processes tell each other about one user, on the topic of that user. A lost signal costs a moment, never a
 * fact: the database is the truth, and a stream finds a gap by itself.
 */
export type UserSignal =
  | { kind: 'message'; message: Message }
  /** `only` names the one stream that asked for it. */
  | { kind: 'event'; event: Exclude<StreamEvent, { name: 'message' }>; only?: string }
  | { kind: 'credits.changed' }
  | { kind: 'conversation.changed' }
  | { kind: 'presence.changed' }
  | { kind: 'session.ended'; sessionId: string }
  | { kind: 'reply.asked'; streamId: string }
  | { kind: 'turn.cancel'; turnId: string }

/** The topic that everybody interested in one user listens to. */
export function userTopic(userId: string): string {
  return `user:${userId}`
}
