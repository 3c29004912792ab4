import { isRecord, json, type Params } from './params.ts'
import { badRequest } from './refusal.ts'
import type { InlineButton, InlineKeyboard } from './shapes.ts'

const CALLBACK_DATA_MAX_BYTES = 64
const BUTTONS_MAX = 100
/** One of these makes a button do something. */
const DEEDS = ['callback_data', 'url', 'web_app', 'pay', 'login_url', 'copy_text', 'switch_inline_query'] as const

/** The inline keyboard of a call. Keyboards under the composer are taken and not kept: this bot's people have none. */
export function readKeyboard(params: Params): InlineKeyboard | undefined {
  const markup = json(params, 'reply_markup')
  if (markup === undefined || markup === null) return undefined
  if (!isRecord(markup)) throw badRequest('object expected as reply markup')
  if (!('inline_keyboard' in markup)) return undefined
  const rows = markup.inline_keyboard
  if (!Array.isArray(rows)) throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
  const keyboard = rows.map((row: unknown) => {
    if (!Array.isArray(row))
      throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    return row.map(readButton)
  })
  if (keyboard.flat().length > BUTTONS_MAX) throw badRequest('REPLY_MARKUP_TOO_LONG')
  const filled = keyboard.filter((row) => row.length > 0)
  return filled.length > 0 ? { inline_keyboard: filled } : undefined
}

function readButton(value: unknown): InlineButton {
  if (!isRecord(value)) throw badRequest("can't parse inline keyboard button: expected an Object")
  const button = { ...value, text: typeof value.text === 'string' ? value.text : '' }
  if (button.text.trim() === '') throw badRequest("can't parse inline keyboard button: Button text must be non-empty")
  if (!DEEDS.some((deed) => deed in value)) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  }
  if ('callback_data' in value) checkCallbackData(value.callback_data)
  if ('url' in value) checkUrl(button.text, value.url)
  if ('web_app' in value) checkUrl(button.text, isRecord(value.web_app) ? value.web_app.url : undefined)
  return button
}

function checkCallbackData(data: unknown) {
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0
  if (bytes < 1 || bytes > CALLBACK_DATA_MAX_BYTES) throw badRequest('BUTTON_DATA_INVALID')
}

/** Telegram itself takes only https in `web_app`; here http opens too, so that a machine without certificates will do. */
function checkUrl(buttonText: string, url: unknown) {
  if (typeof url === 'string' && /^(https?|tg):\/\/[^\s/]/u.test(url) && URL.canParse(url)) return
  throw badRequest(`inline keyboard button URL '${String(url)}' is invalid: Wrong HTTP URL (${buttonText})`)
}
