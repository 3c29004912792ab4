import type { Api } from 'grammy'
import { LOCALES } from '#contract/words'
import type { Log } from '#platform/log'
import type { Texts } from '#platform/texts'
import { ALLOWED_UPDATES } from './allowed-updates.ts'
import { COMMANDS } from './commands.ts'

const CALL_TIMEOUT_MS = 10_000
const WEBHOOK_CONNECTIONS = 40

export interface SetUpDeps {
  api: Api
  texts: Texts
  log: Log
  /** Where the Mini App is, or null when Telegram would not take the address. */
  webAppUrl: string | null
  /** Set for webhook mode. */
  webhook: { url: string; secret: string } | null
}

/**
 * Tells Telegram how updates reach us and what the bot can do: webhook or none, commands in every language, menu
 * button. Only the way of updates must succeed; the rest is tried again at the next start.
 */
export async function setUpBot({ api, texts, log, webAppUrl, webhook }: SetUpDeps): Promise<{ username: string }> {
  const within = () => AbortSignal.timeout(CALL_TIMEOUT_MS) as never
  const me = await api.getMe(within())
  if (webhook) {
    const options = {
      secret_token: webhook.secret,
      allowed_updates: ALLOWED_UPDATES,
      max_connections: WEBHOOK_CONNECTIONS,
    }
    await api.setWebhook(webhook.url, options, within())
  } else {
    await api.deleteWebhook({}, within())
  }
  const niceties: Promise<unknown>[] = LOCALES.map((locale) => {
    const commands = COMMANDS.map((command) => ({ command, description: texts.say(locale, `command-${command}`) }))
    // Russian is also what people of every other language are shown who are not covered by a list of their own.
    return api.setMyCommands(commands, locale === 'ru' ? {} : { language_code: locale }, within())
  })
  if (webAppUrl) {
    const button = { type: 'web_app' as const, text: texts.say('ru', 'button-menu'), web_app: { url: webAppUrl } }
    niceties.push(api.setChatMenuButton({ menu_button: button }, within()))
  }
  for (const outcome of await Promise.allSettled(niceties)) {
    if (outcome.status === 'rejected') log.warn('telegram.set_up_incomplete', { error: outcome.reason })
  }
  return { username: me.username }
}
