import { findMessage, type PrivateChat, writableChat } from '../chat.ts'
import { postMessage } from '../deeds/post-message.ts'
import { flag, integer, isRecord, json, type Params } from '../params.ts'
import { readKeyboard } from '../read-keyboard.ts'
import { readText } from '../read-text.ts'
import { badRequest } from '../refusal.ts'
import type { Content } from '../shapes.ts'
import type { Method } from './method.ts'

/** Bot API sendMessage. */
export const sendMessage: Method = (world, params) => {
  const chat = writableChat(world.chats, integer(params, 'chat_id'))
  const formatted = readText(params, 'text')
  if (!formatted) throw badRequest('message text is empty')
  return postMessage(world, chat, 'bot', {
    text: formatted.text,
    ...(formatted.entities.length > 0 ? { entities: formatted.entities } : {}),
    ...readFrame(chat, params),
  }).wire
}

/** What every sent message may carry beside its content: buttons, and the message it answers. */
export function readFrame(chat: PrivateChat, params: Params): Content {
  const keyboard = readKeyboard(params)
  const reply = json(params, 'reply_parameters')
  const replyTo = isRecord(reply) ? Number(reply.message_id) : integer(params, 'reply_to_message_id')
  const answered = replyTo === undefined ? null : findMessage(chat, replyTo)
  const optional =
    (isRecord(reply) && reply.allow_sending_without_reply === true) || flag(params, 'allow_sending_without_reply')
  if (replyTo !== undefined && !answered && !optional) throw badRequest('message to be replied not found')
  return {
    ...(keyboard ? { reply_markup: keyboard } : {}),
    ...(answered ? { reply_to_message: answered.wire } : {}),
  }
}
