import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { TAG_BYTES } from './envelope.ts'
import { VaultError } from './vault-error.ts'

const ALGORITHM = 'aes-256-gcm'
const OPTIONS = { authTagLength: TAG_BYTES }

export interface Locked {
  tag: Buffer
  ciphertext: Buffer
}

/** AES-256-GCM. `iv` must never be used twice with one key. */
export function lock(key: KeyObject, iv: Buffer, additionalData: Buffer, content: Uint8Array): Locked {
  const cipher = createCipheriv(ALGORITHM, key, iv, OPTIONS)
  cipher.setAAD(additionalData)
  const ciphertext = cipher.update(content)
  // GCM keeps nothing back: the end adds the tag and no bytes.
  cipher.final()
  return { tag: cipher.getAuthTag(), ciphertext }
}

/** The opposite of `lock`; VaultError when key, additional data or content is not the one it was locked with. */
export function unlock(key: KeyObject, iv: Buffer, additionalData: Buffer, { tag, ciphertext }: Locked): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, iv, OPTIONS)
  decipher.setAAD(additionalData)
  decipher.setAuthTag(tag)
  try {
    const content = decipher.update(ciphertext)
    decipher.final()
    return content
  } catch {
    throw new VaultError('a sealed value does not fit its key and its place')
  }
}
