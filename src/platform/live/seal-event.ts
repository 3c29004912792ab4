import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'

const KEY_BYTES = 32
const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const NONCE_START = 1
const TAG_START = NONCE_START + NONCE_BYTES
const TEXT_START = TAG_START + TAG_BYTES

export interface Seal {
  /** `version | nonce | tag | ciphertext`, bound to the topic. */
  close(topic: string, plain: Buffer): Buffer
  /** Undefined when it was not sealed with our key for this topic. */
  open(topic: string, sealed: Buffer): Buffer | undefined
}

/**
 * AES-256-GCM for what passes through Redis, which may be read by others. Random nonces of 96 bits allow 2^32 events
 * under one key (NIST SP 800-38D, 8.3): that is years.
 */
export function createSeal(busKey: Buffer): Seal {
  if (busKey.length !== KEY_BYTES) throw new RangeError(`the bus key must have ${KEY_BYTES} bytes`)
  const key = createSecretKey(busKey)
  return {
    close(topic, plain) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(topic))
      const text = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text])
    },
    open(topic, sealed) {
      if (sealed.length < TEXT_START || sealed[0] !== VERSION) return undefined
      const nonce = sealed.subarray(NONCE_START, TAG_START)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(
        Buffer.from(topic),
      )
      decipher.setAuthTag(sealed.subarray(TAG_START, TEXT_START))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(TEXT_START)), decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}
