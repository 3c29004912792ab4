import type { Message } from '#contract/api'
import type { Channel, ContentType, Interface } from '#contract/words'
import type { ProvenIdentity } from '#domain/identity'

/** A page's session, or what a messenger tells about the person who wrote. */
export type Sender = { userId: string } | { identity: ProvenIdentity }

/** One message as an edge hands it in, whatever it came by. */
export interface InboundMessage {
  /** Namespace of `key`: `telegram:<bot id>` or `page`. */
  source: string
  /** The same event always has the same key. */
  key: string
  sender: Sender
  channel: Channel
  interface: Interface
  contentType: ContentType
  text: string
  /** Where the reply goes; null for pages. */
  address: string | null
  /** When the messenger says it was sent. */
  sentAt: Date | null
}

export type AcceptOutcome =
  | 'accepted'
  | 'duplicate'
  | 'mismatch'
  | 'user_gone'
  | 'no_conversation'
  | 'adult_required'
  | 'insufficient_credits'
  | 'daily_cap'
  | 'lane_full'
  | 'unpaid'
  | 'unreadable'
  | 'refused'

/** What became of an inbound message. */
export interface Received {
  outcome: AcceptOutcome
  code: string | null
  userId: string
  messageId: string | null
  turnId: string | null
  /** The line as it now stands in the history; null when none was written now. */
  message: Message | null
}
