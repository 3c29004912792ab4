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
  /** It was revoked, or has become another user's. */
  | { kind: 'session.ended'; sessionId: string }
  /** The history was renumbered: every open page fetches anew. */
  | { kind: 'reset' }
  /** This user, or only these turns of theirs, are another user's now: what is still told about them goes there. */
  | { kind: 'user.moved'; userId: string; turnIds?: string[] }
  | { kind: 'reply.asked'; streamId: string }
  | { kind: 'turn.cancel'; turnId: string }

/** The topic that everybody interested in one user listens to. */
export function userTopic(userId: string): string {
  return `user:${userId}`
}
