import { type ChatMessage, findMessage, writableChat } from '../chat.ts'
import { integer, type Params } from '../params.ts'
import { readKeyboard } from '../read-keyboard.ts'
import { readText } from '../read-text.ts'
import { badRequest } from '../refusal.ts'
import type { Content } from '../shapes.ts'
import type { World } from '../world.ts'
import type { Method } from './method.ts'

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

/** Bot API editMessageText: only the bot's own texts; the keyboard goes unless given again. */
export const editMessageText: Method = (world, params) => {
  const message = ownMessage(world, params)
  const formatted = readText(params, 'text')
  if (!formatted) throw badRequest('message text is empty')
  if (message.wire.text === undefined) throw badRequest('there is no text in the message to edit')
  return change(world, message, {
    text: formatted.text,
    entities: formatted.entities.length > 0 ? formatted.entities : undefined,
    reply_markup: readKeyboard(params),
  })
}

/** Bot API editMessageReplyMarkup. */
export const editMessageReplyMarkup: Method = (world, params) => {
  const message = ownMessage(world, params)
  return change(world, message, { reply_markup: readKeyboard(params) })
}

/** Bot API deleteMessage: in a private chat the bot may delete both sides' messages. */
export const deleteMessage: Method = (world, params) => {
  const chat = writableChat(world.chats, integer(params, 'chat_id'))
  const message = findMessage(chat, integer(params, 'message_id'))
  if (!message) throw badRequest('message to delete not found')
  message.deleted = true
  world.signals.emit({ kind: 'chat', personId: chat.person.id })
  return true
}

function ownMessage(world: World, params: Params): ChatMessage {
  const chat = writableChat(world.chats, integer(params, 'chat_id'))
  const message = findMessage(chat, integer(params, 'message_id'))
  if (!message) throw badRequest('message to edit not found')
  if (message.author !== 'bot') throw badRequest("message can't be edited")
  return message
}

/** Applies the new parts (undefined takes one away); Telegram refuses a change that changes nothing. */
function change(world: World, message: ChatMessage, parts: { [Part in keyof Content]: Content[Part] | undefined }) {
  const changed = JSON.parse(JSON.stringify({ ...message.wire, ...parts }))
  const { edit_date: _, ...before } = message.wire
  const { edit_date: __, ...after } = changed
  if (sameJson(before, after)) throw badRequest(NOT_MODIFIED)
  message.wire = { ...after, edit_date: world.nowSeconds() }
  message.edits += 1
  world.signals.emit({ kind: 'chat', personId: message.wire.chat.id })
  return message.wire
}

function sameJson(a: object, b: object): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
  return sorted(a) === sorted(b)
}
