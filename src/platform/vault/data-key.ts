import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { newId } from '#platform/ids'
import { lock, unlock } from './authenticated-cipher.ts'
import { makeHeader, packEnvelope, unpackEnvelope } from './envelope.ts'
import { VaultError } from './vault-error.ts'

export const KEY_BYTES = 32

/** The key of one owner's rows. It is stored only wrapped, and forgotten by destroying what is stored. */
export interface DataKey {
  id: string
  key: KeyObject
  /** What every value that it seals begins with. */
  header: Buffer
}

export function makeDataKey(wrappingKey: KeyObject, iv: Buffer): DataKey & { wrapped: Buffer } {
  const id = newId()
  const raw = randomBytes(KEY_BYTES)
  const wrapped = wrapKey(wrappingKey, iv, id, raw)
  const key = createSecretKey(raw)
  raw.fill(0)
  return { id, key, header: makeHeader(id), wrapped }
}

export function unwrapDataKey(wrappingKey: KeyObject, id: string, wrapped: Uint8Array): DataKey {
  const raw = unwrapKey(wrappingKey, id, wrapped)
  const key = createSecretKey(raw)
  raw.fill(0)
  return { id, key, header: makeHeader(id) }
}

/** A key under another one, bound to its id. */
export function wrapKey(wrappingKey: KeyObject, iv: Buffer, id: string, raw: Uint8Array): Buffer {
  const header = makeHeader(id)
  return packEnvelope({ header, iv, ...lock(wrappingKey, iv, header, raw) })
}

/** VaultError when it was wrapped with another key or for another id. The bytes are the caller's to clear. */
export function unwrapKey(wrappingKey: KeyObject, id: string, wrapped: Uint8Array): Buffer {
  const header = makeHeader(id)
  const { iv, ...locked } = unpackEnvelope(wrapped, header)
  const raw = unlock(wrappingKey, iv, header, locked)
  if (raw.length !== KEY_BYTES) throw new VaultError('a wrapped key has the wrong length')
  return raw
}
