import { createHmac } from 'node:crypto'
import { Problem } from '#edges/http'
import { type FreshInitData, parseInitData, readInitDataUser } from './read-init-data.ts'
import { ageSeconds, isFresh, isSigned } from './telegram-check-string.ts'

/** Telegram names no limit; the page may be reopened from the bot at any time. */
export const INIT_DATA_MAX_AGE_SECONDS = 3600

export interface VerifiedInitData extends FreshInitData {
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
  const fields = parseInitData(initData)
  const hash = fields?.get('hash')
  const secret = createHmac('sha256', 'WebAppData').update(botToken).digest()
  if (!fields || !hash || !isSigned(fields, hash, secret)) throw new Problem(401, 'invalid_signature')
  return { ...readFresh(fields, nowSeconds), hash }
}

/**
 * What follows once the fields are known to be Telegram's, however that was proven.
 * @throws Problem 401 `expired`, or `invalid_signature` when they name no person
 */
export function readFresh(fields: ReadonlyMap<string, string>, nowSeconds: number): FreshInitData {
  if (!isFresh(fields.get('auth_date'), nowSeconds, INIT_DATA_MAX_AGE_SECONDS)) throw new Problem(401, 'expired')
  const user = readInitDataUser(fields.get('user'))
  if (!user) throw new Problem(401, 'invalid_signature')
  return { ...user, secondsAgo: ageSeconds(fields.get('auth_date'), nowSeconds) }
}
