import { ACTION_LIFE_MS, DRAFT_LIFE_MS, visibleDraft, writableChat } from '../chat.ts'
import { flag, integer, text } from '../params.ts'
import { readText } from '../read-text.ts'
import { badRequest } from '../refusal.ts'
import type { Method } from './method.ts'

const ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]

/** Bot API sendMessageDraft: shows the answer while it grows. Another draft_id replaces the one on screen. */
export const sendMessageDraft: Method = (world, params) => {
  const chat = writableChat(world.chats, integer(params, 'chat_id'))
  const draftId = integer(params, 'draft_id')
  if (!draftId) throw badRequest('draft identifier must be non-zero')
  const formatted = readText(params, 'text')
  world.buckets.spend(chat.person.id)
  const before = visibleDraft(chat, world.now())
  const same = before?.draftId === draftId ? before : null
  if (same?.stopped) return true
  chat.draft = {
    draftId,
    text: formatted?.text ?? '',
    entities: formatted?.entities ?? [],
    canStop: flag(params, 'can_stop'),
    keepOnStop: flag(params, 'keep_on_stop'),
    stopped: false,
    updates: (same?.updates ?? 0) + 1,
    expiresMs: world.now() + DRAFT_LIFE_MS,
  }
  world.signals.emit({ kind: 'chat', personId: chat.person.id })
  return true
}

/** Bot API sendChatAction; spends from the same bucket as drafts. */
export const sendChatAction: Method = (world, params) => {
  const chat = writableChat(world.chats, integer(params, 'chat_id'))
  const action = text(params, 'action') ?? ''
  if (!ACTIONS.includes(action)) throw badRequest('wrong parameter action in request')
  world.buckets.spend(chat.person.id)
  chat.action = { action, expiresMs: world.now() + ACTION_LIFE_MS }
  world.signals.emit({ kind: 'chat', personId: chat.person.id })
  return true
}
