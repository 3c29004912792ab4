import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { KEY_BYTES } from './data-key.ts'

const FILE_NAME = 'master.key'
const OWNER_ONLY = 0o600

export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

export interface LoadedMasterKey {
  masterKey: Buffer
  /** True when this very call made the key: the operator has to be told to keep a copy. */
  generated: boolean
}

/**
 * `base64`: the key itself. Otherwise `generateIn`: a folder whose `master.key` is read, or made when there is none.
 * Throws MasterKeyError when neither is given or the key is not exactly 32 bytes of base64.
 */
export async function loadMasterKey(options: { base64?: string; generateIn?: string }): Promise<LoadedMasterKey> {
  if (options.base64 !== undefined) {
    return { masterKey: parseKey(options.base64, 'MASTER_KEY'), generated: false }
  }
  if (options.generateIn === undefined) {
    throw new MasterKeyError('MASTER_KEY is required with a database of your own: base64 of 32 random bytes')
  }
  const path = join(options.generateIn, FILE_NAME)
  const kept = await readKey(path)
  if (kept) return { masterKey: kept, generated: false }
  return generateKey(options.generateIn, path)
}

/** Node's decoder skips what is not base64, so only the canonical spelling is taken. */
function parseKey(text: string, source: string): Buffer {
  const trimmed = text.trim()
  const key = Buffer.from(trimmed, 'base64')
  if (key.length !== KEY_BYTES || key.toString('base64') !== trimmed) {
    throw new MasterKeyError(`${source} must be base64 of exactly ${KEY_BYTES} bytes`)
  }
  return key
}

async function readKey(path: string): Promise<Buffer | null> {
  try {
    return parseKey(await readFile(path, 'utf8'), FILE_NAME)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Written aside and linked into place: a crash leaves no half key, and of two starters both use the first one's. */
async function generateKey(folder: string, path: string): Promise<LoadedMasterKey> {
  await mkdir(folder, { recursive: true })
  const masterKey = randomBytes(KEY_BYTES)
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  await writeDurably(aside, `${masterKey.toString('base64')}\n`)
  try {
    await link(aside, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    const kept = await readKey(path)
    if (kept) return { masterKey: kept, generated: false }
    throw error
  } finally {
    await unlink(aside)
  }
  await syncFolder(folder)
  return { masterKey, generated: true }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
