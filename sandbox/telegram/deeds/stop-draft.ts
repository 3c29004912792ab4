import { visibleDraft } from '../chat.ts'
import { asChat } from '../person.ts'
import { chatOf, type World } from '../world.ts'

/** The person presses Stop on a growing answer. Only the display stops here; the bot must stop the writing (Bot API 10.3). */
export function stopDraft(world: World, personId: number) {
  const chat = chatOf(world, personId)
  const draft = visibleDraft(chat, world.now())
  if (!draft?.canStop) throw new Error('there is no draft with a Stop button in this chat')
  draft.stopped = true
  if (!draft.keepOnStop) chat.draft = null
  world.updates.push({ stopped_message_generation: { chat: asChat(chat.person), draft_id: draft.draftId } }, personId)
  world.signals.emit({ kind: 'chat', personId })
}
