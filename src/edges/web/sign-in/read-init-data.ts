import { readTelegramId, type TelegramPerson } from './telegram-person.ts'

const FIELDS_MAX = 32

/** The person of init data, and whether Telegram says that the bot may write to them. */
export interface InitDataUser {
  person: TelegramPerson
  mayWrite: boolean
}

/**
 * The fields of init data by name, decoded and otherwise byte for byte as Telegram signed them. Null for anything
 * ambiguous: a repeated key, a pair without `=`, or a broken escape.
 */
export function parseInitData(initData: string): Map<string, string> | null {
  const fields = new Map<string, string>()
  for (const pair of initData.split('&')) {
    const at = pair.indexOf('=')
    const key = at > 0 ? decode(pair.slice(0, at)) : null
    const value = decode(pair.slice(at + 1))
    if (!key || value === null || fields.has(key) || fields.size === FIELDS_MAX) return null
    fields.set(key, value)
  }
  return fields
}

/** The person, and how long ago Telegram opened the Mini App for them. */
export interface FreshInitData extends InitDataUser {
  secondsAgo: number
}

/** Reads the signed `user` (core.telegram.org/bots/webapps, WebAppUser); null when it names no person. */
export function readInitDataUser(json: string | undefined): InitDataUser | null {
  const user = parseObject(json)
  const id = typeof user?.id === 'number' ? readTelegramId(user.id) : null
  if (!user || id === null || user.is_bot === true) return null
  const person = {
    id,
    firstName: textOf(user.first_name) ?? '',
    lastName: textOf(user.last_name),
    username: textOf(user.username),
    languageCode: textOf(user.language_code),
  }
  return { person, mayWrite: user.allows_write_to_pm === true }
}

function decode(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '))
  } catch {
    return null
  }
}

function parseObject(json: string | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
