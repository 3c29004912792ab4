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

/** What one delivery carries. */
export type Content =
  | { kind: 'text'; text: string }
  /** `userId`: whose chat it is at this moment; what a notice shows is read when it is sent. */
  | { kind: 'notice'; notice: Notice; locale: Locale; userId: string }

/** How one attempt ended. `sent` is certain, `unknown` may have arrived, the rest certainly has not. */
export type SendOutcome =
  | { kind: 'sent'; externalId: string }
  | { kind: 'retry'; afterMs?: number; error: string; waiting?: boolean }
  | { kind: 'unreachable'; error: string; reachability: Exclude<Reachability, 'reachable'> }
  | { kind: 'refused'; error: string }
  | { kind: 'unknown'; error: string }

/** A way to reach people outside our own pages. Bot API, later WhatsApp and WeChat. */
export interface OutsideChannel {
  name: Channel
  limits: ChannelLimits
  /** Sends one piece to one address. Never throws: every failure is an outcome. */
  send(address: string, content: Content, attempt: number): Promise<SendOutcome>
  /** Shows that an answer is on its way; best effort. */
  showProgress(address: string): Promise<void>
}
