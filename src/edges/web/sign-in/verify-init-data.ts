import { createHmac } from 'node:crypto'
import { Problem } from '#edges/http'
import { isFresh, isSigned } from './telegram-check-string.ts'
import { readTelegramId, type TelegramPerson } from './telegram-person.ts'

/** Telegram names no limit; the page may be reopened from the bot at any time. */
export const INIT_DATA_MAX_AGE_SECONDS = 3600
const FIELDS_MAX = 32

export interface VerifiedInitData {
  person: TelegramPerson
  /** Telegram says that the bot may write to this person. */
  mayWrite: boolean
  /** Identifies this payload; Telegram hands out the same one on reload. */
  hash: string
}

/**
 * Verifies the init data of a Mini App (core.telegram.org/bots/webapps): every field but `hash` is signed, `signature`
 * included, by the values as decoded and otherwise byte for byte. Who is meant is read from the signed string alone.
 * @throws Problem 401 `invalid_signature` or `expired`
 */
export function verifyInitData(
  initData: string,
  { botToken, nowSeconds }: { botToken: string; nowSeconds: number },
): VerifiedInitData {
  const fields = parseFields(initData)
  const hash = fields?.get('hash')
  const secret = createHmac('sha256', 'WebAppData').update(botToken).digest()
  if (!fields || !hash || !isSigned(fields, hash, secret)) throw new Problem(401, 'invalid_signature')
  if (!isFresh(fields.get('auth_date'), nowSeconds, INIT_DATA_MAX_AGE_SECONDS)) throw new Problem(401, 'expired')
  const user = parseUser(fields.get('user'))
  if (!user) throw new Problem(401, 'invalid_signature')
  return { ...user, hash }
}

/** Null for anything ambiguous: a repeated key, a pair without `=`, or a broken escape. */
function parseFields(initData: string): Map<string, string> | null {
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

function decode(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '))
  } catch {
    return null
  }
}

function parseUser(json: string | undefined): Pick<VerifiedInitData, 'person' | 'mayWrite'> | null {
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
