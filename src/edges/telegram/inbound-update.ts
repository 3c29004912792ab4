import type { ContentType, Locale } from '#contract/words'

/** Who wrote, in our own words. */
export interface TelegramPerson {
  id: string
  displayName: string
  username: string | undefined
  locale: Locale
}

interface FromPrivateChat {
  updateId: number
  person: TelegramPerson
}

/** Whose payment it is; they may never have written to us. */
interface FromPayer {
  updateId: number
  person: Pick<TelegramPerson, 'id'>
}

/** What an invoice asks for, as Telegram tells it. */
export interface Bill {
  /** What we gave the invoice to carry. */
  payload: string
  currency: string
  /** In the smallest unit; whole Stars for XTR. */
  totalAmount: number
}

/** One update as the rest of the edge sees it. */
export type InboundUpdate =
  | (FromPrivateChat & {
      kind: 'message'
      messageId: number
      contentType: ContentType
      text: string
      sentAt: Date
      replyTo: number | null
    })
  | (FromPrivateChat & { kind: 'command'; messageId: number; name: string; payload: string; replyTo: number | null })
  | (FromPrivateChat & { kind: 'edited'; messageId: number })
  /** `messageId` is null for a button that stands in no chat of ours. */
  | (FromPrivateChat & { kind: 'button'; callbackId: string; data: string; messageId: number | null })
  | (FromPrivateChat & { kind: 'membership'; reachable: boolean })
  /** Somebody pressed Stop under a growing answer; who they are is told by the chat alone. */
  | { kind: 'stopped'; updateId: number; person: Pick<TelegramPerson, 'id'>; draftId: number }
  /** Somebody is about to pay, and Telegram wants a yes or a no. */
  | (FromPrivateChat & { kind: 'checkout'; queryId: string; bill: Bill })
  /** Stars have been paid; `renewal` is null but for a subscription. */
  | (FromPayer & {
      kind: 'paid'
      chargeId: string
      bill: Bill
      renewal: { first: boolean; expiresAt: Date | null } | null
    })
  | (FromPayer & { kind: 'refunded'; chargeId: string; bill: Bill })
  | (FromPayer & { kind: 'subscription'; payload: string; state: 'canceled' | 'active' | 'failed' })
  | { kind: 'ignored' }

/** The body is no update of the Bot API; the sentence names the part and nothing of its content. */
export class MalformedUpdate extends Error {
  override readonly name = 'MalformedUpdate'
}
