import type { Person } from './person.ts'
import { badRequest, forbidden } from './refusal.ts'
import type { Entity, WireMessage } from './shapes.ts'

/** A draft shows this long after its last change, an action this long at most (Bot API sendMessageDraft, sendChatAction). */
export const DRAFT_LIFE_MS = 30_000
export const ACTION_LIFE_MS = 5_000

/** One message as it truly stands in the chat. `order` counts over all chats, so tests can compare times and chats. */
export type ChatMessage = {
  order: number
  author: 'bot' | 'person'
  atMs: number
  deleted: boolean
  edits: number
  wire: WireMessage
}

export type Draft = {
  draftId: number
  text: string
  entities: Entity[]
  canStop: boolean
  keepOnStop: boolean
  stopped: boolean
  updates: number
  expiresMs: number
}

/** A person's private chat with the bot, and what lets the bot write there. */
export type PrivateChat = {
  person: Person
  started: boolean
  blocked: boolean
  deactivated: boolean
  messages: ChatMessage[]
  draft: Draft | null
  action: { action: string; expiresMs: number } | null
}

export function newChat(person: Person): PrivateChat {
  return {
    person,
    started: false,
    blocked: false,
    deactivated: false,
    messages: [],
    draft: null,
    action: null,
  }
}

/** The chat the bot may write to now, or Telegram's refusal. */
export function writableChat(chats: Map<number, PrivateChat>, chatId: number | undefined): PrivateChat {
  if (chatId === undefined) throw badRequest('chat_id is empty')
  const chat = chats.get(chatId)
  if (!chat) throw badRequest('chat not found')
  if (chat.deactivated) throw forbidden('user is deactivated')
  if (chat.blocked) throw forbidden('bot was blocked by the user')
  if (!chat.started) throw forbidden("bot can't initiate conversation with a user")
  return chat
}

/** The draft still on screen, or null. */
export function visibleDraft(chat: PrivateChat, nowMs: number): Draft | null {
  return chat.draft && chat.draft.expiresMs > nowMs ? chat.draft : null
}

/** What the bot is shown to be doing ("typing"), or null. */
export function visibleAction(chat: PrivateChat, nowMs: number): string | null {
  return chat.action && chat.action.expiresMs > nowMs ? chat.action.action : null
}

export function findMessage(chat: PrivateChat, messageId: number | undefined): ChatMessage | null {
  return chat.messages.findLast((each) => each.wire.message_id === messageId && !each.deleted) ?? null
}
