import { IV_BYTES } from './initialization-vectors.ts'
import { VaultError } from './vault-error.ts'

/*
 * version 1 byte | key id 16 | iv 12 | tag 16 | ciphertext
 * A new algorithm gets a new version; old values keep opening.
 */
const VERSION = 1
const KEY_ID_BYTES = 16
export const TAG_BYTES = 16
const KEY_ID_START = 1
const IV_START = KEY_ID_START + KEY_ID_BYTES
const TAG_START = IV_START + IV_BYTES
const CIPHERTEXT_START = TAG_START + TAG_BYTES

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export interface Envelope {
  header: Buffer
  iv: Buffer
  tag: Buffer
  ciphertext: Buffer
}

/** What stands before the initialization vector; it is part of the additional data, so it cannot be exchanged. */
export function makeHeader(keyId: string): Buffer {
  if (!UUID.test(keyId)) throw new VaultError('a key id must be a uuid')
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(keyId.replaceAll('-', ''), 'hex')])
}

export function packEnvelope({ header, iv, tag, ciphertext }: Envelope): Buffer {
  return Buffer.concat([header, iv, tag, ciphertext])
}

/** VaultError when the value is damaged or was made with another key than the one whose header this is. */
export function unpackEnvelope(sealed: Uint8Array, header: Buffer): Envelope {
  const bytes = view(sealed)
  if (bytes.compare(header, 0, header.length, 0, IV_START) !== 0) {
    throw new VaultError('a sealed value names another key')
  }
  return {
    header,
    iv: bytes.subarray(IV_START, TAG_START),
    tag: bytes.subarray(TAG_START, CIPHERTEXT_START),
    ciphertext: bytes.subarray(CIPHERTEXT_START),
  }
}

/** Whether a sealed value names this key; false also for one that is damaged there. */
export function isSealedBy({ header }: { header: Buffer }, sealed: Buffer): boolean {
  return sealed.length >= CIPHERTEXT_START && sealed.compare(header, 0, header.length, 0, IV_START) === 0
}

/** The uuid of the data key, readable without any key. */
export function readKeyId(sealed: Uint8Array): string {
  const hex = view(sealed).toString('hex', KEY_ID_START, IV_START)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function view(sealed: Uint8Array): Buffer {
  const bytes = Buffer.isBuffer(sealed) ? sealed : Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < CIPHERTEXT_START) throw new VaultError('a sealed value is cut short')
  if (bytes[0] !== VERSION) throw new VaultError('a sealed value has an unknown version')
  return bytes
}
