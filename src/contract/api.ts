import type {
  Channel,
  ContentType,
  ConversationStatus,
  CreditType,
  DeliveryStatus,
  Interface,
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
}

export interface Identity {
  id: string
  channel: Channel
  displayName: string
  reachable: boolean
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
  createdAt: string
  turn?: Turn
  delivery?: { status: DeliveryStatus }
}

export interface Me {
  user: User
  identities: Identity[]
  credits: Credits
  conversation: Conversation | null
  /** Why connecting Telegram is worth it for this user, in sentences; null once it is connected. */
  offers: { connectTelegram: { reasons: string[] } | null }
}

export interface SentMessage {
  message: Message
  turnId: string
}

export interface HistoryPage {
  messages: Message[]
  hasMore: boolean
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
}
