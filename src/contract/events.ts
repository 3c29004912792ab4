import type { Conversation, Credits, Message } from './api.ts'
import type { Interface } from './words.ts'

/** What an event stream carries (contract section 4). Only `message` is durable: its SSE id is the message's seq. */
export type StreamEvent =
  | { name: 'message'; data: Message }
  | { name: 'reply.started'; data: { turnId: string } }
  | { name: 'reply.delta'; data: { turnId: string; offset: number; text: string } }
  | { name: 'reply.failed'; data: { turnId: string; code: string } }
  | { name: 'credits'; data: Credits }
  | { name: 'conversation'; data: Conversation }
  | { name: 'presence'; data: Presence }
  /** What the companion remembers has changed; fetch it again where it is shown. */
  | { name: 'memory'; data: Record<string, never> }
  /** What the person is to be reminded of has changed, likewise. */
  | { name: 'reminders'; data: Record<string, never> }
  /** What the person has chosen has changed, likewise: `GET /api/me`. */
  | { name: 'settings'; data: Record<string, never> }
  | { name: 'reset'; data: Record<string, never> }

/** Who is there right now on this user's own interfaces. */
export interface Presence {
  /** Interfaces, each once. */
  online: Interface[]
  typing: Interface[]
  /** Each open page by itself; the bot's chat, for a while after something was said there, is one without a name. */
  places: { interface: Interface; page: string; typing: boolean }[]
}

/** A page names itself in this header of what it asks, by an id of its own making, so that it knows itself in `presence`. */
export const PAGE_HEADER = 'x-page'

export type StreamEventName = StreamEvent['name']
