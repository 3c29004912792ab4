import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { lock, unlock } from './authenticated-cipher.ts'
import { type DataKey, KEY_BYTES } from './data-key.ts'
import { deriveKey } from './derive-key.ts'
import { packEnvelope, readKeyId, unpackEnvelope } from './envelope.ts'
import { createIvSource } from './initialization-vectors.ts'
import { makeMasterKey } from './master-key.ts'
import { holdMasterKeys } from './master-keys.ts'

/** Purposes are words in our code; more than these are derived anew each time instead of filling memory. */
const CACHED_PURPOSES_MAX = 256

/** Where a sealed value lives: it opens nowhere else. */
export interface Place {
  table: string
  id: string
}

/** Every secret of the installation, made from its master key. All failures are VaultErrors without content. */
export interface Vault extends KeyChange {
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
  /** HMAC-SHA256 under a key of this purpose alone, made from the root: the same for ever, whatever the master key. */
  hmac(purpose: string, data: string | Uint8Array): Buffer
  /** A secret of this purpose alone, the same at every start with this master key. */
  derive(purpose: string, bytes?: number): Buffer
  /** What `derive` gives in processes that hold other master keys of this one's as their own. */
  deriveOthers(purpose: string, bytes?: number): Buffer[]
}

/** What a change of the master key needs (`keys rotate`). */
export interface KeyChange {
  /** Wraps what is new with the key of this fingerprint from now on; false when it is not held. */
  turnTo(fingerprint: Uint8Array): boolean
  /** Holds one more master key. */
  learn(masterKey: Buffer): void
  /** The same data key under the master key that wraps what is new; null when it lies under that already. */
  rewrap(id: string, wrapped: Uint8Array): Buffer | null
  /** The root, under the master key that wraps what is new. */
  wrapRoot(): Buffer
}

export interface VaultKeys {
  /** The one that the installation is bound to: 32 random bytes. */
  masterKey: Buffer
  /** Those that data keys may lie under besides. */
  otherKeys?: readonly Buffer[]
  /** The first master key of the installation; left out: it is this one. */
  root?: Buffer
}

export function createVault({ masterKey, otherKeys = [], root: rootBytes = masterKey }: VaultKeys): Vault {
  const own = makeMasterKey(masterKey)
  const root = createSecretKey(rootBytes)
  const hmacKey = createHmacKeys(root)
  const nextIv = createIvSource()
  const keys = holdMasterKeys([own, ...otherKeys.map(makeMasterKey)], nextIv)

  return {
    newDataKey: keys.newDataKey,
    unwrap: keys.unwrap,
    seal: (dataKey, place, text) => sealBytes(dataKey, place, Buffer.from(text, 'utf8')),
    open: (dataKey, place, sealed) => openBytes(dataKey, place, sealed).toString('utf8'),
    sealBytes,
    openBytes,
    keyIdOf: readKeyId,
    hmac: (purpose, data) => createHmac('sha256', hmacKey(purpose)).update(data).digest(),
    derive: (purpose, bytes = KEY_BYTES) => deriveKey(own.raw, `derive ${purpose}`, bytes),
    deriveOthers: (purpose, bytes = KEY_BYTES) =>
      keys.all().flatMap(({ raw }) => (raw.equals(own.raw) ? [] : [deriveKey(raw, `derive ${purpose}`, bytes)])),
    turnTo: keys.turnTo,
    learn: keys.learn,
    rewrap: keys.rewrap,
    wrapRoot: () => keys.wrapRoot(root),
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
