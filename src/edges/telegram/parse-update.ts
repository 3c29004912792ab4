import type { CallbackQuery, ChatMemberUpdated, Message, MessageGenerationStopped, Update } from 'grammy/types'
import type { ContentType } from '#contract/words'
import { type InboundUpdate, MalformedUpdate } from './inbound-update.ts'
import { parseCheckout, parseMoney, parseSubscription } from './parse-payment.ts'
import { anyPerson, clean, isUserId, privatePerson, timeOf } from './read-person.ts'

const IGNORED: InboundUpdate = { kind: 'ignored' }

/**
 * Reads one update, from a webhook or from polling alike. Everything but private chats with people is ignored.
 * @throws MalformedUpdate when it is not what the Bot API documents
 */
export function parseUpdate(body: unknown): InboundUpdate {
  const update = body as Update
  if (typeof body !== 'object' || body === null || !Number.isSafeInteger(update.update_id)) {
    throw new MalformedUpdate('update_id')
  }
  if (update.message) return parseMessage(update.update_id, update.message)
  if (update.edited_message) return parseEdited(update.update_id, update.edited_message)
  if (update.callback_query) return parseButton(update.update_id, update.callback_query)
  if (update.my_chat_member) return parseMembership(update.update_id, update.my_chat_member)
  if (update.pre_checkout_query) return parseCheckout(update.update_id, update.pre_checkout_query)
  if (update.subscription) return parseSubscription(update.update_id, update.subscription)
  if (update.stopped_message_generation) return parseStopped(update.update_id, update.stopped_message_generation)
  return IGNORED
}

function parseMessage(updateId: number, message: Message): InboundUpdate {
  const money = parseMoney(updateId, message)
  if (money) return money
  const person = privatePerson(message.chat, message.from, message)
  if (!person) return IGNORED
  const { message_id: messageId } = message
  if (!Number.isSafeInteger(messageId)) throw new MalformedUpdate('message_id')
  const sentAt = timeOf(message.date, 'date')
  if (message.text !== undefined && typeof message.text !== 'string') throw new MalformedUpdate('text')
  const command = parseCommand(message)
  const replyTo = repliedTo(message)
  if (command) return { kind: 'command', updateId, person, messageId, ...command, replyTo }
  // Allowed in the Mini App, or by a menu (Bot API WriteAccessAllowed): the chat is open from now on.
  if (message.write_access_allowed) return { kind: 'membership', updateId, person, reachable: true }
  const contentType = contentTypeOf(message)
  if (!contentType) return IGNORED
  const text = contentType === 'text' ? clean(message.text ?? '') : ''
  return { kind: 'message', updateId, person, messageId, contentType, text, sentAt, replyTo }
}

function parseEdited(updateId: number, message: Message): InboundUpdate {
  const person = privatePerson(message.chat, message.from, message)
  return person ? { kind: 'edited', updateId, person, messageId: message.message_id } : IGNORED
}

function parseButton(updateId: number, query: CallbackQuery): InboundUpdate {
  const { message, data } = query
  if (typeof query.id !== 'string' || !query.from) throw new MalformedUpdate('callback_query')
  const person = message ? privatePerson(message.chat, query.from) : anyPerson(query.from)
  if (!person || typeof data !== 'string') return IGNORED
  return { kind: 'button', updateId, person, callbackId: query.id, data, messageId: message?.message_id ?? null }
}

/** In a private chat this says that the person blocked or unblocked the bot (Bot API, my_chat_member). */
function parseMembership(updateId: number, change: ChatMemberUpdated): InboundUpdate {
  const person = privatePerson(change.chat, change.from)
  if (!person) return IGNORED
  const status = change.new_chat_member?.status
  return { kind: 'membership', updateId, person, reachable: status === 'member' }
}

/** Nobody is named here: a private chat has the id of the person in it (Bot API, Chat.id). */
function parseStopped(updateId: number, { chat, draft_id: draftId }: MessageGenerationStopped): InboundUpdate {
  if (typeof chat !== 'object' || chat === null) throw new MalformedUpdate('chat')
  if (chat.type !== 'private') return IGNORED
  if (!isUserId(chat.id)) throw new MalformedUpdate('chat.id')
  if (!Number.isSafeInteger(draftId)) throw new MalformedUpdate('draft_id')
  return { kind: 'stopped', updateId, person: { id: String(chat.id) }, draftId }
}

/** Commands are marked by an entity at the very start; a slash alone is text (Bot API, MessageEntity). */
function parseCommand(message: Message): { name: string; payload: string } | null {
  const entity = message.entities?.find(({ type, offset }) => type === 'bot_command' && offset === 0)
  if (!entity || typeof message.text !== 'string') return null
  const [name = ''] = message.text.slice(1, entity.length).split('@')
  return { name: name.toLowerCase(), payload: clean(message.text.slice(entity.length)).trim() }
}

function repliedTo({ reply_to_message: answered }: Message): number | null {
  return answered && Number.isSafeInteger(answered.message_id) ? answered.message_id : null
}

function contentTypeOf(message: Message): ContentType | null {
  if (typeof message.text === 'string') return 'text'
  if (message.voice || message.audio || message.video_note) return 'voice'
  if (message.photo) return 'photo'
  if (message.sticker) return 'sticker'
  const other = message.video ?? message.document ?? message.animation ?? message.location ?? message.contact
  return (other ?? message.poll ?? message.dice ?? message.venue ?? message.story) ? 'other' : null
}
