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

/** One update as the rest of the edge sees it. */
export type InboundUpdate =
  | (FromPrivateChat & { kind: 'message'; messageId: number; contentType: ContentType; text: string; sentAt: Date })
  | (FromPrivateChat & { kind: 'command'; messageId: number; name: string; payload: string; replyTo: number | null })
  | (FromPrivateChat & { kind: 'edited'; messageId: number })
  /** `messageId` is null for a button that stands in no chat of ours. */
  | (FromPrivateChat & { kind: 'button'; callbackId: string; data: string; messageId: number | null })
  | (FromPrivateChat & { kind: 'membership'; reachable: boolean })
  /** Somebody pressed Stop under a growing answer; who they are is told by the chat alone. */
  | { kind: 'stopped'; updateId: number; person: Pick<TelegramPerson, 'id'>; draftId: number }
  | { kind: 'ignored' }

/** The body is no update of the Bot API; the sentence names the part and nothing of its content. */
export class MalformedUpdate extends Error {
  override readonly name = 'MalformedUpdate'
}
