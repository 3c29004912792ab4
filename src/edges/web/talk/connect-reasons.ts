import type { Credits } from '#contract/api'
import { CREDIT_TYPES, type Locale } from '#contract/words'
import type { Texts } from '#platform/texts'

/** What a user without Telegram has. */
export interface Connectable {
  /** Lines of the history. */
  messages: number
  logins: number
  /** What a Telegram that was never here before brings. */
  gift: Credits
}

/** What this user would gain by connecting Telegram, in sentences: only what is true for them and runs today. */
export function connectReasons(texts: Texts, locale: Locale, { messages, logins, gift }: Connectable): string[] {
  const say = (key: string, args?: Record<string, number | string>) => texts.say(locale, key, args)
  const given = CREDIT_TYPES.filter((type) => gift[type] > 0)
  const credits = given.map((type) => say(`connect-credits-${type}`, { amount: gift[type] }))
  return [
    say('connect-same-conversation'),
    ...(messages > 0 ? [say('connect-messages', { messages })] : []),
    ...(credits.length > 0 ? [say('connect-gift', { credits: listOf(locale, credits) })] : []),
    ...(logins === 1 ? [say('connect-second-login')] : []),
  ]
}

function listOf(locale: Locale, items: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items)
}
