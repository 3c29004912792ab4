import type { ChatMessage, PrivateChat } from '../chat.ts'
import { findMessage } from '../chat.ts'
import { findEntities } from '../entities.ts'
import { PLACEHOLDER_PNG, readImage } from '../image.ts'
import type { Content } from '../shapes.ts'
import { chatOf, type World } from '../world.ts'
import { postMessage } from './post-message.ts'

/** Whatever else people send (a place, a contact, a document): handed to the bot as it is. */
export type OtherContent = Content & Record<string, unknown>

/** The person writes to the bot; the first words open the chat for the bot's answers. */
export function sendText(world: World, personId: number, text: string, replyTo?: number): ChatMessage {
  const entities = findEntities(text)
  const answered = replyTo === undefined ? null : findMessage(chatOf(world, personId), replyTo)
  return send(world, personId, {
    text,
    ...(entities.length > 0 ? { entities } : {}),
    ...(answered ? { reply_to_message: answered.wire } : {}),
  })
}

export function sendVoice(
  world: World,
  personId: number,
  { seconds = 3, bytes = new Uint8Array(64) } = {},
): ChatMessage {
  const mimeType = 'audio/ogg'
  const file = world.files.put({ bytes }, mimeType, 'voice')
  return send(world, personId, {
    voice: {
      file_id: file.fileId,
      file_unique_id: file.uniqueId,
      file_size: bytes.length,
      duration: seconds,
      mime_type: mimeType,
    },
  })
}

export function sendPhoto(
  world: World,
  personId: number,
  { bytes = PLACEHOLDER_PNG, caption }: { bytes?: Uint8Array; caption?: string } = {},
): ChatMessage {
  const facts = readImage(bytes)
  if (!facts) throw new Error('the bytes are no PNG, JPEG, GIF or WebP')
  const file = world.files.put({ bytes }, facts.mimeType, 'photos')
  const size = { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: bytes.length }
  return send(world, personId, {
    photo: [{ ...size, width: facts.width, height: facts.height }],
    ...(caption ? { caption } : {}),
  })
}

export function sendSticker(world: World, personId: number, emoji = '🙂'): ChatMessage {
  const file = world.files.put({ bytes: PLACEHOLDER_PNG }, 'image/webp', 'stickers')
  return send(world, personId, {
    sticker: {
      file_id: file.fileId,
      file_unique_id: file.uniqueId,
      type: 'regular',
      width: 512,
      height: 512,
      is_animated: false,
      is_video: false,
      emoji,
    },
  })
}

export function sendOther(world: World, personId: number, content: OtherContent): ChatMessage {
  return send(world, personId, content)
}

/** The person rewrites a message of their own. */
export function editText(world: World, personId: number, messageId: number, text: string): ChatMessage {
  const message = findMessage(chatOf(world, personId), messageId)
  if (message?.author !== 'person') throw new Error(`message ${messageId} is not this person's own`)
  const entities = findEntities(text)
  const { entities: _, ...rest } = message.wire
  message.wire = { ...rest, text, edit_date: world.nowSeconds(), ...(entities.length > 0 ? { entities } : {}) }
  message.edits += 1
  world.updates.push({ edited_message: message.wire }, personId)
  world.signals.emit({ kind: 'chat', personId })
  return message
}

function send(world: World, personId: number, content: Content): ChatMessage {
  const chat = chatOf(world, personId)
  mustBeAble(chat)
  chat.started = true
  const message = postMessage(world, chat, 'person', content)
  world.updates.push({ message: message.wire }, personId)
  return message
}

function mustBeAble(chat: PrivateChat) {
  if (chat.deactivated) throw new Error('a deleted account sends nothing')
  if (chat.blocked) throw new Error('this person has blocked the bot: unblock it first')
}
