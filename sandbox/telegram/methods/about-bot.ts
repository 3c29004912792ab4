import { integer, isRecord, json, text } from '../params.ts'
import { asChat } from '../person.ts'
import { badRequest } from '../refusal.ts'
import type { MenuButton } from '../settings.ts'
import type { Method } from './method.ts'

const DESCRIPTION_MAX_LENGTH = 512
const SHORT_DESCRIPTION_MAX_LENGTH = 120

/** Bot API getMe. */
export const getMe: Method = (world) => ({
  ...world.bot,
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: true,
  has_topics_enabled: false,
})

/** Bot API getChat. */
export const getChat: Method = (world, params) => {
  const chat = world.chats.get(integer(params, 'chat_id') ?? 0)
  if (!chat?.started) throw badRequest('chat not found')
  return { ...asChat(chat.person), accent_color_id: 0, max_reaction_count: 11 }
}

export const setMyDescription = setAbout('description', DESCRIPTION_MAX_LENGTH)
export const getMyDescription = getAbout('description')
export const setMyShortDescription = setAbout('short_description', SHORT_DESCRIPTION_MAX_LENGTH)
export const getMyShortDescription = getAbout('short_description')

/** Bot API setChatMenuButton: of one chat, or the default. */
export const setChatMenuButton: Method = (world, params) => {
  const chatId = integer(params, 'chat_id')
  const button = json(params, 'menu_button') ?? { type: 'default' }
  if (!isMenuButton(button)) throw badRequest("can't parse MenuButton")
  if (button.type === 'default') world.settings.menuButtons.delete(chatId ?? 'default')
  else world.settings.menuButtons.set(chatId ?? 'default', button)
  world.signals.emit({ kind: 'settings' })
  return true
}

/** Bot API getChatMenuButton. */
export const getChatMenuButton: Method = (world, params) =>
  world.settings.menuButtonFor(integer(params, 'chat_id') ?? 'default')

function setAbout(field: string, maxLength: number): Method {
  return (world, params) => {
    const value = text(params, field) ?? ''
    if (value.length > maxLength) throw badRequest(`${field} is too long`)
    world.settings.about.set(`${field}|${text(params, 'language_code') ?? ''}`, value)
    world.signals.emit({ kind: 'settings' })
    return true
  }
}

function getAbout(field: string): Method {
  return (world, params) => {
    const about = world.settings.about
    const value = about.get(`${field}|${text(params, 'language_code') ?? ''}`) ?? about.get(`${field}|`) ?? ''
    return { [field]: value }
  }
}

function isMenuButton(value: unknown): value is MenuButton {
  if (!isRecord(value)) return false
  if (value.type === 'commands' || value.type === 'default') return true
  const app = value.web_app
  return (
    value.type === 'web_app' &&
    typeof value.text === 'string' &&
    value.text !== '' &&
    isRecord(app) &&
    URL.canParse(String(app.url))
  )
}
