import type { Chat, Message, User } from 'grammy/types'
import { MalformedUpdate, type TelegramPerson } from './inbound-update.ts'

/** Telegram user ids have at most 52 significant bits (Bot API, User.id). */
const USER_ID_MAX = 2 ** 52
const NAME_MAX_LENGTH = 128
/** Unix seconds up to the year 2100. */
const DATE_MAX_SECONDS = 4_102_444_800

/** A person in a private chat with us; not a bot, a channel, or somebody writing in the name of one. */
export function privatePerson(chat: Chat, from: User | undefined, message?: Message): TelegramPerson | null {
  if (typeof chat !== 'object' || chat === null) throw new MalformedUpdate('chat')
  if (chat.type !== 'private' || !from || message?.sender_chat) return null
  const person = anyPerson(from)
  return chat.id === from.id ? person : null
}

/** Somebody who is no bot, as they call themselves. */
export function anyPerson(from: User): TelegramPerson | null {
  if (from.is_bot) return null
  if (!isUserId(from.id)) throw new MalformedUpdate('from.id')
  const displayName = [from.first_name, from.last_name].filter((name) => typeof name === 'string').join(' ')
  return {
    id: String(from.id),
    displayName: clean(displayName).slice(0, NAME_MAX_LENGTH),
    username: typeof from.username === 'string' ? clean(from.username).slice(0, NAME_MAX_LENGTH) : undefined,
    locale: from.language_code && !/^(ru|be|uk|kk|ky|uz|tg|hy|az)\b/i.test(from.language_code) ? 'en' : 'ru',
  }
}

export function isUserId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0 && id <= USER_ID_MAX
}

/** Unix seconds as a time. @throws MalformedUpdate naming `part` for what is none */
export function timeOf(seconds: number, part: string): Date {
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > DATE_MAX_SECONDS) throw new MalformedUpdate(part)
  return new Date(seconds * 1000)
}

/** Lone surrogates and NUL are no text to anybody. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}
