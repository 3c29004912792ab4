import { MasterKeyError, makeKeyFile, parseKey, readKeyFile, readNextKeyFile } from './key-files.ts'

export interface LoadedMasterKey {
  masterKey: Buffer
  /** The one before, while the key is changed. */
  previousKey: Buffer | null
  /** True when this very call made the key: the operator has to be told to keep a copy. */
  generated: boolean
}

/**
 * `base64`: the key itself, `previousBase64` the one before it. Otherwise `generateIn`: a folder whose `master.key` is
 * read, or made when there is none; a `master.key.next` beside it comes before it.
 * Throws MasterKeyError when neither is given or a key is not exactly 32 bytes of base64.
 */
export async function loadMasterKey(options: {
  base64?: string
  previousBase64?: string
  generateIn?: string
}): Promise<LoadedMasterKey> {
  const { base64, previousBase64, generateIn } = options
  if (base64 !== undefined) {
    const previousKey = previousBase64 === undefined ? null : parseKey(previousBase64, 'MASTER_KEY_PREVIOUS')
    return { masterKey: parseKey(base64, 'MASTER_KEY'), previousKey, generated: false }
  }
  if (generateIn === undefined) {
    throw new MasterKeyError('MASTER_KEY is required with a database of your own: base64 of 32 random bytes')
  }
  const kept = await readKeyFile(generateIn)
  const next = kept && (await readNextKeyFile(generateIn))
  if (next) return { masterKey: next, previousKey: kept, generated: false }
  if (kept) return { masterKey: kept, previousKey: null, generated: false }
  const { key, isNew } = await makeKeyFile(generateIn)
  return { masterKey: key, previousKey: null, generated: isNew }
}
