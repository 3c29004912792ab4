import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Locale } from '#contract/words'
import type { Notice } from '#domain/delivery'
import type { Texts } from '#platform/texts'

export interface RenderedNotice {
  text: string
  keyboard: InlineKeyboardMarkup | null
}

export type RenderNotice = (notice: Notice, locale: Locale) => RenderedNotice

/** Data of the bot's own buttons (Bot API: callback_data, 1-64 bytes). */
export const ADULT_BUTTON = 'adult'
export const RETRY_BUTTON = 'retry:'

type Button = (locale: Locale, notice: Notice) => InlineKeyboardMarkup['inline_keyboard'][number]

/**
 * Turns a notice into text and buttons. Telegram takes `web_app` buttons to https addresses only; where ours is not,
 * a sentence with the address stands instead (`webAppUrl` is null, `siteUrl` is said).
 */
export function createNoticeRenderer({
  texts,
  siteUrl,
  webAppUrl,
  linkUrl,
}: {
  texts: Texts
  siteUrl: string
  webAppUrl: string | null
  /** The address that opens a link of /link; its secret is worked out here and stored nowhere. */
  linkUrl(linkId: string): string
}): RenderNotice {
  const openApp = (key: string, path: string): Button => {
    return (locale) => (webAppUrl ? [{ text: texts.say(locale, key), web_app: { url: `${webAppUrl}${path}` } }] : [])
  }
  const buttons: Record<string, Button[]> = {
    adult_required: [(locale) => [{ text: texts.say(locale, 'button-adult'), callback_data: ADULT_BUTTON }]],
    no_conversation: [openApp('button-choose', '/characters')],
    welcome_back: [openApp('button-open', '')],
    insufficient_credits: [openApp('button-open', '')],
    help: [openApp('button-open', '')],
    reply_failed: [
      (locale, { args }) => [
        { text: texts.say(locale, 'button-retry'), callback_data: `${RETRY_BUTTON}${args?.turnId}` },
      ],
    ],
  }
  return (notice, locale) => {
    const rows = (buttons[notice.key] ?? []).map((button) => button(locale, notice)).filter((row) => row.length > 0)
    const wantsApp = (buttons[notice.key] ?? []).length > rows.length
    const text = texts.say(locale, `notice-${notice.key.replaceAll('_', '-')}`, argsOf(notice))
    return {
      text: wantsApp ? `${text}\n\n${texts.say(locale, 'notice-open-site', { url: siteUrl })}` : text,
      keyboard: rows.length > 0 ? { inline_keyboard: rows } : null,
    }
  }

  function argsOf({ key, args = {} }: Notice) {
    return key === 'link' ? { ...args, url: linkUrl(String(args.linkId)) } : args
  }
}
