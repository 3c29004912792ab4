import type { ChatMessage, PrivateChat } from '../chat.ts'
import { asChat, asUser } from '../person.ts'
import type { Content } from '../shapes.ts'
import type { World } from '../world.ts'

/** Puts a message into the chat. One from the bot ends its draft and its "typing", as on a phone. */
export function postMessage(world: World, chat: PrivateChat, author: 'bot' | 'person', content: Content): ChatMessage {
  const message: ChatMessage = {
    order: world.nextOrder(),
    author,
    atMs: world.now(),
    deleted: false,
    edits: 0,
    wire: {
      message_id: world.nextMessageId(),
      date: world.nowSeconds(),
      chat: asChat(chat.person),
      from: author === 'bot' ? world.bot : asUser(chat.person),
      ...content,
    },
  }
  chat.messages.push(message)
  if (author === 'bot') {
    chat.draft = null
    chat.action = null
  }
  world.signals.emit({ kind: 'chat', personId: chat.person.id })
  return message
}
