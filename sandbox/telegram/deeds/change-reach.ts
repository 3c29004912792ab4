import { asChat, asUser } from '../person.ts'
import { chatOf, type World } from '../world.ts'
import { postMessage } from './post-message.ts'

/** Blocks or unblocks the bot; it learns of a change by `my_chat_member` (Bot API Update). */
export function setBlocked(world: World, personId: number, blocked: boolean) {
  const chat = chatOf(world, personId)
  if (chat.blocked === blocked) return
  chat.blocked = blocked
  if (!blocked) chat.started = true
  const member = (kicked: boolean) => ({
    user: world.bot,
    ...(kicked ? { status: 'kicked' as const, until_date: 0 } : { status: 'member' as const }),
  })
  const change = {
    chat: asChat(chat.person),
    from: asUser(chat.person),
    date: world.nowSeconds(),
    old_chat_member: member(!blocked),
    new_chat_member: member(blocked),
  }
  world.updates.push({ my_chat_member: change }, personId)
  world.signals.emit({ kind: 'chat', personId })
}

/** The person deletes their Telegram account, or is given it back for the next test. The bot is told nothing. */
export function setDeactivated(world: World, personId: number, deactivated: boolean) {
  chatOf(world, personId).deactivated = deactivated
  world.signals.emit({ kind: 'chat', personId })
}

/** A Mini App asked to write and the person agreed: the bot may begin a chat (Bot API WriteAccessAllowed). */
export function grantWriteAccess(world: World, personId: number) {
  const chat = chatOf(world, personId)
  if (chat.started) return
  chat.started = true
  const message = postMessage(world, chat, 'person', { write_access_allowed: { from_request: true } })
  world.updates.push({ message: message.wire }, personId)
}
