import { createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { KEY_BYTES } from './data-key.ts'
import { deriveKey } from './derive-key.ts'
import { VaultError } from './vault-error.ts'

/** A master key, ready for use. */
export interface MasterKey {
  raw: KeyObject
  /** Tells it apart from others without giving it away (32 bytes). */
  fingerprint: Buffer
  /** What data keys are wrapped with. */
  wrapping: KeyObject
}

/** VaultError unless there are exactly 32 bytes. */
export function makeMasterKey(bytes: Buffer): MasterKey {
  if (bytes.length !== KEY_BYTES) throw new VaultError(`the master key must have ${KEY_BYTES} bytes`)
  const raw = createSecretKey(bytes)
  return {
    raw,
    fingerprint: deriveKey(raw, 'fingerprint', KEY_BYTES),
    wrapping: createSecretKey(deriveKey(raw, 'wrap data keys', KEY_BYTES)),
  }
}

/** The fingerprint of these 32 bytes. */
export function fingerprintOf(bytes: Buffer): Buffer {
  return makeMasterKey(bytes).fingerprint
}

/** In constant time. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
