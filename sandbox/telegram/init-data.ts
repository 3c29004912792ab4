import { createHmac, type KeyObject, sign } from 'node:crypto'
import type { Person } from './person.ts'

export type InitDataOptions = {
  authDateSeconds?: number
  queryId?: string | null
  startParam?: string
  allowsWriteToPm?: boolean
  /** More fields, or other values for the usual ones; signed like the rest. */
  fields?: Record<string, string>
  /** Signs as another bot would. */
  token?: string
}

export type InitDataKeys = { token: string; botId: number; signingKey: KeyObject }

/**
 * What a Mini App gets in `tgWebAppData`, signed with the bot's token and with this world's own Ed25519 key
 * (core.telegram.org/bots/webapps, "Validating data received via the Mini App"): the hash covers `signature`, the signature neither.
 */
export function writeInitData(
  person: Person,
  options: InitDataOptions,
  keys: InitDataKeys,
  nowSeconds: number,
): string {
  const fields: Record<string, string> = {
    ...(options.queryId === null ? {} : { query_id: options.queryId ?? newQueryId(person) }),
    user: userJson(person, options.allowsWriteToPm ?? true),
    ...(options.startParam ? { start_param: options.startParam } : {}),
    auth_date: String(options.authDateSeconds ?? nowSeconds),
    ...options.fields,
  }
  const signed = Buffer.from(`${keys.botId}:WebAppData\n${checkString(fields)}`)
  fields.signature = sign(null, signed, keys.signingKey).toString('base64url')
  const secret = createHmac('sha256', 'WebAppData')
    .update(options.token ?? keys.token)
    .digest()
  fields.hash = createHmac('sha256', secret).update(checkString(fields)).digest('hex')
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}

/** `key=value` lines, sorted by key: what both kinds of proof are computed over. */
export function checkString(fields: Record<string, string>): string {
  return Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('\n')
}

/** Telegram escapes slashes in this JSON, so a verifier that re-serialises it fails here as it would there. */
function userJson(person: Person, allowsWriteToPm: boolean): string {
  const user = {
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName ?? '',
    ...(person.username ? { username: person.username } : {}),
    language_code: person.languageCode,
    ...(person.isPremium ? { is_premium: true } : {}),
    ...(allowsWriteToPm ? { allows_write_to_pm: true } : {}),
  }
  return JSON.stringify(user).replaceAll('/', '\\/')
}

function newQueryId(person: Person): string {
  return `AAH${Buffer.from(`${person.id}.${Math.random()}`).toString('base64url').slice(0, 20)}`
}
