import { createHmac, timingSafeEqual } from 'node:crypto'

const HASH = /^[0-9a-f]{64}$/
/** Clocks of ours and Telegram's may differ by this much; a later date is forged or worthless. */
const FUTURE_MAX_SECONDS = 60

/**
 * Whether `hash` is Telegram's HMAC-SHA256 over these fields, each `key=value` on its line, in the order of the keys
 * (core.telegram.org/bots/webapps and /widgets/login). The shape of the hash is checked first, because decoding hex
 * stops silently at the first character that is none. A line break in a value could move the border between fields.
 */
export function isSigned(fields: ReadonlyMap<string, string>, hash: string | undefined, secret: Buffer): boolean {
  if (hash === undefined || !HASH.test(hash)) return false
  const lines = [...fields].filter(([key]) => key !== 'hash').map(([key, value]) => `${key}=${value}`)
  if (lines.some((line) => line.includes('\n'))) return false
  const expected = createHmac('sha256', secret).update(lines.sort(byCodeUnit).join('\n')).digest()
  return timingSafeEqual(expected, Buffer.from(hash, 'hex'))
}

/** Whether an `auth_date` (seconds since 1970, decimal) is neither too old nor from the future. */
export function isFresh(authDate: string | undefined, nowSeconds: number, maxAgeSeconds: number): boolean {
  if (authDate === undefined || !/^[1-9]\d{0,11}$/.test(authDate)) return false
  const age = nowSeconds - Number(authDate)
  return age <= maxAgeSeconds && age >= -FUTURE_MAX_SECONDS
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
