import type {
  Channel,
  ContentType,
  ConversationStatus,
  CreditType,
  DeliveryStatus,
  Interface,
  LegalDocument,
  Locale,
  Role,
  TurnState,
} from './words.ts'

/** Whole credits of each type, what is available: holds are already taken off. */
export type Credits = Record<CreditType, number>

export interface User {
  id: string
  displayName: string
  locale: Locale
  timezone: string | null
  adultConfirmedAt: string | null
  /** Since when companions are closed to somebody who said to be under 18; only an operator opens them again. */
  minorLockedAt: string | null
}

/** Whether and when the companion may write first. */
export interface Proactive {
  /** False until the user says yes. */
  enabled: boolean
  /** Whether they have said yes or no at all. */
  chosen: boolean
  /** `HH:MM-HH:MM` in the user's time zone, or `none`. */
  quietHours: string
}

/** Something the companion remembers, and the line of the history it was drawn from. */
export interface Fact {
  id: string
  text: string
  messageId: string
  createdAt: string
}

/** What the user asked to be reminded of and is still to come; `at` is ISO 8601. */
export interface Reminder {
  id: string
  text: string
  at: string
  createdAt: string
}

export interface Identity {
  id: string
  channel: Channel
  /** `telegram`, `email`, or the name of an OpenID Connect provider. */
  provider: string
  displayName: string
  reachable: boolean
}

/** Where the user is signed in. */
export interface Session {
  id: string
  interface: Exclude<Interface, 'bot'>
  device: string
  lastSeenAt: string
  current: boolean
}

export interface Story {
  id: string
  title: string
  teaser: string
}

export interface Price {
  type: CreditType
  amount: number
}

export interface Persona {
  id: string
  name: string
  tagline: string
  description: string
  avatarUrl: string
  price: Price
  stories: Story[]
}

export interface Conversation {
  id: string
  persona: { id: string; name: string; avatarUrl: string }
  story: { id: string; title: string } | null
  status: ConversationStatus
  startedAt: string
  /** Until when an archived one can be brought back; null when it is active or too old. */
  restorableUntil: string | null
}

export interface Turn {
  id: string
  state: TurnState
  code?: string
}

export interface Message {
  id: string
  seq: number
  conversationId: string | null
  role: Role
  channel: Channel
  interface: Interface
  contentType: ContentType
  text: string
  /** The text cannot be opened any more; it is empty. */
  damaged?: true
  createdAt: string
  turn?: Turn
  delivery?: { status: DeliveryStatus }
}

/** One of the texts that everybody may read: Markdown, in one language. */
export interface LegalPage {
  document: LegalDocument
  /** The day since which it holds, `YYYY-MM-DD`. */
  version: string
  title: string
  text: string
}

/** The version that holds now, and the latest one that this person has agreed to; where they differ, it is asked for. */
export interface Agreement {
  version: string
  accepted: string | null
}

/** Where living people answer, and the number of police and ambulance. */
export interface Help {
  emergency: string
  lines: { name: string; contact: string; hours: string }[]
}

export interface Me {
  user: User & {
    proactive: Proactive
    /** Credits of all types together that the person allows themselves a day; null: as many as there are. */
    dailyCap: number | null
    /** When all that is this person's will be erased, ISO 8601; null: nobody asked for it. */
    erasure: { dueAt: string } | null
  }
  identities: Identity[]
  credits: Credits
  /** Owed after a refund of what was already spent: the next purchase pays it first. */
  debt: Credits
  /** Types that run low, until more come. */
  low: CreditType[]
  legal: Record<LegalDocument, Agreement>
  conversation: Conversation | null
  /** For somebody to whom companions are closed; null for everybody else. */
  help: Help | null
  /** Why connecting Telegram is worth it for this user, in sentences; null once it is connected. */
  offers: { connectTelegram: { reasons: string[] } | null }
}

/** One change of the balance. */
export interface LedgerEntry {
  id: string
  type: CreditType
  /** What came (+) or went (-); 0 when only what is owed changed. */
  amount: number
  /** How what is owed changed: more (+) or less (-). */
  debt: number
  reason: string
  /** The turn it was for, its question in the history, and who was asked; null for what no message caused. */
  turnId: string | null
  messageId: string | null
  persona: { id: string; name: string } | null
  createdAt: string
}

/** What one turn cost, and where its price is now. */
export interface Receipt {
  turnId: string
  type: CreditType
  amount: number
  state: 'held' | 'paid' | 'released' | 'refunded'
  at: string
}

/** What can be bought for Telegram Stars: once, or every month. */
export interface Offer {
  id: string
  kind: 'pack' | 'subscription'
  title: string
  description: string
  stars: number
  credits: Partial<Credits>
}

/** The monthly subscription: until `expiresAt` it holds, whatever becomes of its renewal. */
export interface Subscription {
  offerId: string
  title: string
  stars: number
  /**
   * `active` renews itself, `canceled` ends at `expiresAt`, `reopened` was stopped and may renew again: whether it does,
   * Telegram has not said yet; `failed` could not be charged.
   */
  state: 'active' | 'canceled' | 'reopened' | 'failed'
  expiresAt: string
}

export interface SentMessage {
  message: Message
  turnId: string
}

export interface HistoryPage {
  messages: Message[]
  hasMore: boolean
}

/** What a sign-in answers when somebody was signed in already and joining needs their word first. */
export interface ConfirmRequired {
  status: 'confirm_required'
  /** For `/api/link/preview` and `/api/link/confirm`. */
  token: string
}

export interface LinkedTelegram {
  displayName: string
  username: string | null
}

/** The web user of a link: an address, or the label of a provider. */
export interface LinkedWeb {
  email: string | null
  provider: string | null
  displayName: string
}

/** Both sides of a link, and what would move from the web user to the Telegram user. */
export interface LinkPreview {
  telegram: LinkedTelegram
  web: LinkedWeb
  /** Every way into the web user, so that a stranger's is seen. */
  logins: { provider: string; displayName: string }[]
  moves: { messages: number; credits: Credits }
  /** `bot`: made by /link, perhaps by somebody else. `web`: both logins were proven in this browser. */
  origin: 'bot' | 'web'
  /** Something would be lost by a mistake: a code must be typed into the bot's chat. */
  codeRequired: boolean
  /** Whether this session's proof is recent enough to confirm. */
  fresh: boolean
}

export type LinkConfirmed =
  | { status: 'linked' }
  /** The six digits to be sent to the bot as a message. */
  | { status: 'code_required'; code: string; expiresAt: string }

/** What undoing the last merge would do. */
export interface UndoPreview {
  until: string
  telegram: LinkedTelegram
  web: LinkedWeb
  /** What goes back to the web user. */
  back: { messages: number; credits: Credits }
  /** What was written since and stays with the Telegram user. */
  stays: { messages: number }
  /** Which of the two logins this session has proven in the last minutes. */
  proven: { telegram: boolean; web: boolean }
  /** One of the two is enough. */
  eitherWillDo: boolean
}

/** What the page may offer as ways in, and what it must know before anyone is signed in. */
export interface SignInOptions {
  telegram: { botUsername: string | null; oidc: boolean; widget: boolean }
  providers: { name: string; label: string }[]
  email: boolean
}

/** RFC 9457 problem details; `code` is stable, `detail` is for people, in their language. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail: string
  fields?: Record<string, string>
  /** With 402: what would bring credits. */
  offers?: Offer[]
}
