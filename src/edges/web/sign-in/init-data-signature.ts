import { createHash, createPublicKey, verify } from 'node:crypto'
import { Problem } from '#edges/http'
import { parseInitData } from './read-init-data.ts'
import { checkString } from './telegram-check-string.ts'
import { readFresh, type VerifiedInitData } from './verify-init-data.ts'

/**
 * Telegram's public key for checks without the bot's token (core.telegram.org/bots/webapps, "Validating data for
 * Third-Party Use"). The key of its test environment is another one and is not believed here.
 */
export const TELEGRAM_INIT_DATA_KEY = 'e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d'

/** 64 bytes in base64url without padding. */
const SIGNATURE = /^[\w-]{86}$/

export interface SignatureCheck {
  botId: string
  /** Ed25519 keys, 32 bytes in hex; one of them must have signed. */
  publicKeys: readonly string[]
  nowSeconds: number
}

/**
 * Verifies the init data of a Mini App by Telegram's own signature, without the bot's token
 * (core.telegram.org/bots/webapps): every field but `hash` and `signature` is signed, together with the bot's id.
 * @throws Problem 401 `invalid_signature` or `expired`
 */
export function verifyInitDataSignature(
  initData: string,
  { botId, publicKeys, nowSeconds }: SignatureCheck,
): VerifiedInitData {
  const fields = parseInitData(initData)
  const lines = fields && checkString(fields, ['hash', 'signature'])
  const signature = readSignature(fields?.get('signature'))
  const signed = Buffer.from(`${botId}:WebAppData\n${lines}`)
  if (!fields || !lines || !signature || !publicKeys.some((key) => verify(null, signed, toKey(key), signature))) {
    throw new Problem(401, 'invalid_signature')
  }
  // `hash` is not signed here: whoever replays the payload could write another one.
  return { ...readFresh(fields, nowSeconds), hash: createHash('sha256').update(signed).digest('hex') }
}

/** Null unless it is written the one way that encoding these bytes gives: the last character has four idle bits. */
function readSignature(text: string | undefined): Buffer | null {
  if (text === undefined || !SIGNATURE.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

function toKey(hex: string) {
  const x = Buffer.from(hex, 'hex').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}
