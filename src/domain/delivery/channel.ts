import type { Channel, Locale, Reachability } from '#contract/words'

/** What a channel can do; it shapes how much is owed in one piece. */
export interface ChannelLimits {
  /** Longest text of one message, in UTF-16 units. */
  textMaxLength: number
  /** Whether a sent message can be changed. */
  mayEdit: boolean
}

/** A sentence of the product itself, rendered by each channel in its own way. */
export interface Notice {
  key: string
  args?: Record<string, string | number>
}

/** What a delivery is for: replies and notices go before an opening line, and all before what nobody asked for. */
export type Purpose = 'reply' | 'notice' | 'opening' | 'proactive'

/** A piece of a message: [start, end) in UTF-16 units of the whole. */
export interface Part {
  start: number
  end: number
}

/** What one delivery carries. */
export type Content =
  /**
   * `text`: the whole message as it stands in the history; `part`: the piece of it that is owed; `buttons`: what can be
   * pressed under this piece, by the name that the channel knows it by.
   */
  | { kind: 'text'; text: string; part: Part; replaces: string | null; buttons: string | null }
  /** `userId`: whose chat it is at this moment; what a notice shows is read when it is sent. */
  | { kind: 'notice'; notice: Notice; locale: Locale; userId: string }

/** How one attempt ended. `sent` is certain, `unknown` may have arrived, the rest certainly has not. */
export type SendOutcome =
  /** Without an id the channel has it but did not say which message it became. */
  | { kind: 'sent'; externalId: string | null }
  | { kind: 'retry'; afterMs?: number; error: string; waiting?: boolean }
  | { kind: 'unreachable'; error: string; reachability: Exclude<Reachability, 'reachable'> }
  | { kind: 'refused'; error: string }
  | { kind: 'unknown'; error: string }

/** A reply that is being written for a chat. */
export interface ReplyToGrow {
  turnId: string
  address: string
  /** What stood in for it before its last worker died, where the channel has no drafts. */
  previewId: string | null
  /** Remembers such a stand-in, so that whoever goes on can use it or take it away. */
  keepPreview(externalId: string): Promise<void>
}

/** A reply growing before the eyes of a chat. Best effort: nothing here throws or is waited for by the model. */
export interface GrowingReply {
  /** The whole text so far. */
  show(text: string): void
  /**
   * Nothing of it is under way any more when this resolves, which takes a second at most. `kept`: a delivery will take
   * its place; else what stood in for it goes. A second call does nothing. Gives the stand-in that the delivery shall replace, or null.
   */
  end(kept: boolean): Promise<string | null>
}

/** A way to reach people outside our own pages. Bot API, later WhatsApp and WeChat. */
export interface OutsideChannel {
  name: Channel
  limits: ChannelLimits
  /** Cuts a message into the pieces that this channel sends, in order. Never empty. */
  split(text: string): Part[]
  /** How long the channel as a whole is to be left alone, in milliseconds; 0 while it answers. */
  awayForMs(): number
  /**
   * Waits for this chat's place in the pace, if that is short. 0: go on now; else the milliseconds after which to ask
   * again, nothing being taken meanwhile.
   */
  pace(address: string, purpose: Purpose): Promise<number>
  /** Sends one piece to one address. Never throws: every failure is an outcome. */
  send(address: string, content: Content, attempt: number): Promise<SendOutcome>
  /** Shows that an answer is on its way, and then the answer as it grows. */
  grow(reply: ReplyToGrow): GrowingReply
}
