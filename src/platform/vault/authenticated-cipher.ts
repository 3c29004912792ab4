import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { TAG_BYTES } from './envelope.ts'
import { VaultError } from './vault-error.ts'

const ALGORITHM = 'aes-256-gcm'

export interface Locked {
  tag: Buffer
  ciphertext: Buffer
}

/** AES-256-GCM. `iv` must never be used twice with one key. */
export function lock(key: KeyObject, iv: Buffer, additionalData: Buffer, content: Buffer): Locked {
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(additionalData)
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()])
  return { tag: cipher.getAuthTag(), ciphertext }
}

/** The opposite of `lock`; VaultError when key, additional data or content is not the one it was locked with. */
export function unlock(key: KeyObject, iv: Buffer, additionalData: Buffer, { tag, ciphertext }: Locked): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(additionalData)
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()])
  } catch {
    throw new VaultError('a sealed value does not fit its key and its place')
  }
}
