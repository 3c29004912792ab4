import { timingSafeEqual } from 'node:crypto'
import type { Vault } from '#platform/vault'

/** What a button can ask for. Old messages bear these for years: add freely, do not rename. */
export const VERBS = [
  'show',
  'adult',
  'chat',
  'continue',
  'restart',
  'restore',
  'retry',
  'stop',
  'language',
  'zone',
  'first',
  'quiet',
  'page',
  'forget',
  'erase',
  'answer',
  'renewal',
  'consent',
  'hush',
  'unremind',
  'drop',
  'leaf',
  'agree',
  'leave',
  'stay',
] as const
export type Verb = (typeof VERBS)[number]

export interface Pressed {
  verb: Verb
  argument: string
}

/** Bot API InlineKeyboardButton: callback_data has 1-64 bytes. */
const DATA_MAX_BYTES = 64
const TAG_BYTES = 8
const PURPOSE = 'telegram button'

/** Callback data that only this person's chat can send back: `verb:argument:tag`. */
export function sealButton(vault: Vault, telegramId: string, verb: Verb, argument = ''): string {
  const data = `${verb}:${argument}:${tagOf(vault, telegramId, `${verb}:${argument}`).toString('base64url')}`
  if (Buffer.byteLength(data) > DATA_MAX_BYTES) throw new RangeError(`the data of a ${verb} button is too long`)
  return data
}

/** What was pressed; null for data of another person, of an earlier make, or of nobody's. */
export function openButton(vault: Vault, telegramId: string, data: string): Pressed | null {
  const end = data.lastIndexOf(':')
  const deed = data.slice(0, Math.max(0, end))
  const tag = Buffer.from(data.slice(end + 1), 'base64url')
  if (tag.length !== TAG_BYTES || !timingSafeEqual(tag, tagOf(vault, telegramId, deed))) return null
  const [name = ''] = deed.split(':', 1)
  const verb = VERBS.find((known) => known === name)
  return verb ? { verb, argument: deed.slice(name.length + 1) } : null
}

function tagOf(vault: Vault, telegramId: string, deed: string): Buffer {
  return vault.hmac(PURPOSE, `${telegramId}\n${deed}`).subarray(0, TAG_BYTES)
}
