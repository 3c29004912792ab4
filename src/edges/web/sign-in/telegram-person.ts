import type { ProvenIdentity } from '#domain/identity'
import { pickLocale } from '#edges/http'
import { cleanName } from './clean-name.ts'

/** Telegram promises ids of at most 52 significant bits (Bot API, User). */
const TELEGRAM_ID_MAX = 2 ** 52

/** A person as Telegram signed them. */
export interface TelegramPerson {
  id: number
  firstName: string
  lastName?: string | undefined
  username?: string | undefined
  languageCode?: string | undefined
}

/** Decimal digits as Telegram writes them, or null. */
export function readTelegramId(id: unknown): number | null {
  const number = typeof id === 'string' && /^[1-9]\d{0,15}$/.test(id) ? Number(id) : id
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number <= TELEGRAM_ID_MAX
    ? number
    : null
}

export function telegramIdentity(person: TelegramPerson): ProvenIdentity {
  return {
    provider: 'telegram',
    externalId: String(person.id),
    channel: 'telegram',
    displayName: cleanName(`${person.firstName} ${person.lastName ?? ''}`),
    username: person.username ? cleanName(person.username) : undefined,
    locale: pickLocale(person.languageCode),
  }
}
