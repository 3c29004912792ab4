import type { Channel, ContentType, Interface, Role } from '#contract/words'

/** One line of the history, its text in the clear. */
export interface HistoryMessage {
  id: string
  userId: string
  seq: number
  conversationId: string | null
  turnId: string | null
  role: Role
  channel: Channel
  interface: Interface
  contentType: ContentType
  /** Empty when it does not open. */
  text: string
  damaged?: true
  createdAt: Date
}

/** A line as it lies in the database. */
export interface SealedMessage extends Omit<HistoryMessage, 'text' | 'damaged'> {
  sealedText: Buffer
}

/** Where a message's text is sealed: the vault's additional data. */
export function messagePlace(id: string): { table: string; id: string } {
  return { table: 'messages', id }
}
