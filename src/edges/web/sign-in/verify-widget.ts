import { createHash } from 'node:crypto'
import { Problem } from '#edges/http'
import { ageSeconds, isFresh, isSigned } from './telegram-check-string.ts'
import { readTelegramId, type TelegramPerson } from './telegram-person.ts'

export const WIDGET_MAX_AGE_SECONDS = 300
const FIELDS_MAX = 32

/** The widget hands over strings; pages that pass its object on have numbers in `id` and `auth_date`. */
export type WidgetFields = Readonly<Record<string, string | number>>

export interface VerifiedWidget {
  person: TelegramPerson
  hash: string
  /** How long ago the person confirmed it. */
  secondsAgo: number
}

/**
 * Verifies what the Login Widget handed to the page (core.telegram.org/widgets/login).
 * @throws Problem 401 `invalid_signature` or `expired`
 */
export function verifyWidget(
  fields: WidgetFields,
  { botToken, nowSeconds }: { botToken: string; nowSeconds: number },
): VerifiedWidget {
  const entries = Object.entries(fields)
  const signed = new Map(entries.map(([key, value]) => [key, String(value)]))
  const hash = signed.get('hash')
  const secret = createHash('sha256').update(botToken).digest()
  if (entries.length > FIELDS_MAX || !hash || !isSigned(signed, hash, secret)) {
    throw new Problem(401, 'invalid_signature')
  }
  if (!isFresh(signed.get('auth_date'), nowSeconds, WIDGET_MAX_AGE_SECONDS)) throw new Problem(401, 'expired')
  const id = readTelegramId(signed.get('id'))
  if (id === null) throw new Problem(401, 'invalid_signature')
  return {
    person: {
      id,
      firstName: signed.get('first_name') ?? '',
      lastName: signed.get('last_name'),
      username: signed.get('username'),
    },
    hash,
    secondsAgo: ageSeconds(signed.get('auth_date'), nowSeconds),
  }
}
