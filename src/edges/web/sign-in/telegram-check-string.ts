import { createHmac, timingSafeEqual } from 'node:crypto'

const HASH = /^[0-9a-f]{64}$/
/** Clocks of ours and Telegram's may differ by this much; a later date is forged or worthless. */
const FUTURE_MAX_SECONDS = 60

/**
 * What Telegram signs: these fields but those left out, each `key=value` on its line, in the order of the keys
 * (core.telegram.org/bots/webapps and /widgets/login). Null when a line break or an `=` in a key could have moved the
 * border between fields, or between a key and its value: the signed text would be the same.
 */
export function checkString(fields: ReadonlyMap<string, string>, leftOut: readonly string[]): string | null {
  const signed = [...fields].filter(([key]) => !leftOut.includes(key))
  if (signed.some(([key, value]) => /[=\n]/.test(key) || value.includes('\n'))) return null
  const lines = signed.map(([key, value]) => `${key}=${value}`)
  return lines.sort(byCodeUnit).join('\n')
}

/**
 * Whether `hash` is Telegram's HMAC-SHA256 over these fields. The shape of the hash is checked first, because decoding
 * hex stops silently at the first character that is none.
 */
export function isSigned(fields: ReadonlyMap<string, string>, hash: string | undefined, secret: Buffer): boolean {
  const signed = checkString(fields, ['hash'])
  if (signed === null || hash === undefined || !HASH.test(hash)) return false
  return timingSafeEqual(createHmac('sha256', secret).update(signed).digest(), Buffer.from(hash, 'hex'))
}

/** Whether an `auth_date` (seconds since 1970, decimal) is neither too old nor from the future. */
export function isFresh(authDate: string | undefined, nowSeconds: number, maxAgeSeconds: number): boolean {
  if (authDate === undefined || !/^[1-9]\d{0,11}$/.test(authDate)) return false
  const age = nowSeconds - Number(authDate)
  return age <= maxAgeSeconds && age >= -FUTURE_MAX_SECONDS
}

/** How old a fresh `auth_date` is; never below zero. */
export function ageSeconds(authDate: string | undefined, nowSeconds: number): number {
  return Math.max(0, nowSeconds - Number(authDate))
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
