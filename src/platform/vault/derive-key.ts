import { hkdfSync, type KeyObject } from 'node:crypto'

const NO_SALT = Buffer.alloc(0)

/** HKDF-SHA256 (RFC 5869). The master key is uniformly random, so the salt may be empty; `info` keeps the purposes apart. */
export function deriveKey(masterKey: KeyObject, info: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, NO_SALT, info, bytes))
}
