import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { lock, unlock } from './authenticated-cipher.ts'
import { type DataKey, KEY_BYTES, makeDataKey, unwrapDataKey } from './data-key.ts'
import { deriveKey } from './derive-key.ts'
import { packEnvelope, readKeyId, unpackEnvelope } from './envelope.ts'
import { createIvSource } from './initialization-vectors.ts'
import { VaultError } from './vault-error.ts'

/** Purposes are words in our code; more than these are derived anew each time instead of filling memory. */
const CACHED_PURPOSES_MAX = 256

/** Where a sealed value lives: it opens nowhere else. */
export interface Place {
  table: string
  id: string
}

/** Every secret of the installation, made from its one master key. All failures are VaultErrors without content. */
export interface Vault {
  /** Tells master keys apart without giving one away (32 bytes). */
  readonly fingerprint: Buffer
  newDataKey(): DataKey & { wrapped: Buffer }
  unwrap(id: string, wrapped: Uint8Array): DataKey
  /** Lone surrogates become U+FFFD, as UTF-8 has no room for them. */
  seal(dataKey: DataKey, place: Place, text: string): Buffer
  open(dataKey: DataKey, place: Place, sealed: Uint8Array): string
  /** As `seal` and `open`, of a text that is UTF-8 already and is nobody's string. */
  sealBytes(dataKey: DataKey, place: Place, text: Uint8Array): Buffer
  openBytes(dataKey: DataKey, place: Place, sealed: Uint8Array): Buffer
  /** Id of the data key that sealed this value. */
  keyIdOf(sealed: Uint8Array): string
  /** HMAC-SHA256 under a key of this purpose alone. */
  hmac(purpose: string, data: string | Uint8Array): Buffer
  /** A secret of this purpose alone, the same at every start. */
  derive(purpose: string, bytes?: number): Buffer
}

/** `masterKey`: 32 random bytes. */
export function createVault({ masterKey }: { masterKey: Buffer }): Vault {
  if (masterKey.length !== KEY_BYTES) throw new VaultError(`the master key must have ${KEY_BYTES} bytes`)
  const root = createSecretKey(masterKey)
  const wrappingKey = createSecretKey(deriveKey(root, 'wrap data keys', KEY_BYTES))
  const hmacKey = createHmacKeys(root)
  const nextIv = createIvSource()

  return {
    fingerprint: deriveKey(root, 'fingerprint', KEY_BYTES),
    newDataKey: () => makeDataKey(wrappingKey, nextIv()),
    unwrap: (id, wrapped) => unwrapDataKey(wrappingKey, id, wrapped),
    seal: (dataKey, place, text) => sealBytes(dataKey, place, Buffer.from(text, 'utf8')),
    open: (dataKey, place, sealed) => openBytes(dataKey, place, sealed).toString('utf8'),
    sealBytes,
    openBytes,
    keyIdOf: readKeyId,
    hmac: (purpose, data) => createHmac('sha256', hmacKey(purpose)).update(data).digest(),
    derive: (purpose, bytes = KEY_BYTES) => deriveKey(root, `derive ${purpose}`, bytes),
  }

  function sealBytes({ header, key }: DataKey, place: Place, content: Uint8Array): Buffer {
    const iv = nextIv()
    return packEnvelope({ header, iv, ...lock(key, iv, additionalData(header, place), content) })
  }

  function openBytes({ header, key }: DataKey, place: Place, sealed: Uint8Array): Buffer {
    const { iv, ...locked } = unpackEnvelope(sealed, header)
    return unlock(key, iv, additionalData(header, place), locked)
  }
}

/** The length of the table's name keeps every pair of table and row apart from every other. */
function additionalData(header: Buffer, { table, id }: Place): Buffer {
  const row = `${table.length}:${table}:${id}`
  const data = Buffer.allocUnsafe(header.length + Buffer.byteLength(row))
  header.copy(data)
  data.write(row, header.length, 'utf8')
  return data
}

function createHmacKeys(root: KeyObject): (purpose: string) => KeyObject {
  const cache = new Map<string, KeyObject>()
  return (purpose) => {
    const cached = cache.get(purpose)
    if (cached) return cached
    const key = createSecretKey(deriveKey(root, `hmac ${purpose}`, KEY_BYTES))
    if (cache.size < CACHED_PURPOSES_MAX) cache.set(purpose, key)
    return key
  }
}
