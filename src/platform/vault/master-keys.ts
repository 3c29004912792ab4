import type { KeyObject } from 'node:crypto'
import { type DataKey, makeDataKey, unwrapDataKey, unwrapKey, wrapKey } from './data-key.ts'
import { isSame, type MasterKey, makeMasterKey } from './master-key.ts'
import { VaultError } from './vault-error.ts'

/** Under which the root is wrapped in `installation`; no data key has it. */
const ROOT_ID = '00000000-0000-0000-0000-000000000000'

/** The master keys that a process holds: one wraps what is new, each opens what lies under it. */
export interface MasterKeys {
  newDataKey(): DataKey & { wrapped: Buffer }
  unwrap(id: string, wrapped: Uint8Array): DataKey
  rewrap(id: string, wrapped: Uint8Array): Buffer | null
  wrapRoot(root: KeyObject): Buffer
  turnTo(fingerprint: Uint8Array): boolean
  learn(masterKey: Buffer): void
  all(): readonly MasterKey[]
}

/** `keys`: the first one wraps. */
export function holdMasterKeys(keys: readonly MasterKey[], nextIv: () => Buffer): MasterKeys {
  const held = [...keys]
  return {
    newDataKey: () => makeDataKey(wrapping(), nextIv()),
    unwrap: (id, wrapped) => byEach((key) => unwrapDataKey(key, id, wrapped)),
    rewrap,
    wrapRoot: (root) => wrapKey(wrapping(), nextIv(), ROOT_ID, root.export()),
    turnTo,
    learn(masterKey) {
      const key = makeMasterKey(masterKey)
      if (!held.some(({ fingerprint }) => isSame(fingerprint, key.fingerprint))) held.push(key)
    },
    all: () => held,
  }

  function wrapping(): KeyObject {
    const [first] = held
    if (!first) throw new VaultError('there is no master key')
    return first.wrapping
  }

  function byEach<T>(open: (key: KeyObject) => T): T {
    for (const { wrapping: key } of held.slice(0, -1)) {
      try {
        return open(key)
      } catch (error) {
        if (!(error instanceof VaultError)) throw error
      }
    }
    return open(held.at(-1)?.wrapping ?? wrapping())
  }

  function rewrap(id: string, wrapped: Uint8Array): Buffer | null {
    let isNew = false
    const raw = byEach((key) => {
      const opened = unwrapKey(key, id, wrapped)
      isNew = key === wrapping()
      return opened
    })
    const again = isNew ? null : wrapKey(wrapping(), nextIv(), id, raw)
    raw.fill(0)
    return again
  }

  function turnTo(wanted: Uint8Array): boolean {
    const index = held.findIndex(({ fingerprint }) => isSame(fingerprint, wanted))
    if (index < 0) return false
    held.unshift(...held.splice(index, 1))
    return true
  }
}

/** The first master key, as `wrapRoot` has wrapped it; VaultError when this one does not open it. */
export function unwrapRoot({ wrapping }: MasterKey, wrapped: Uint8Array): Buffer {
  return unwrapKey(wrapping, ROOT_ID, wrapped)
}
