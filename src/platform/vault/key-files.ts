import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { KEY_BYTES } from './data-key.ts'
import { fingerprintOf } from './master-key.ts'
import { VaultError } from './vault-error.ts'

const FILE_NAME = 'master.key'
/** Beside it while the key is changed. */
const NEXT_NAME = 'master.key.next'
const OWNER_ONLY = 0o600
const FINGERPRINT_SHOWN_BYTES = 4

export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

/** Node's decoder skips what is not base64, so only the canonical spelling is taken. */
export function parseKey(text: string, source: string): Buffer {
  const trimmed = text.trim()
  const key = Buffer.from(trimmed, 'base64')
  if (key.length !== KEY_BYTES || key.toString('base64') !== trimmed) {
    throw new MasterKeyError(`${source} must be base64 of exactly ${KEY_BYTES} bytes`)
  }
  return key
}

/** The key of a folder; null when it has none. */
export const readKeyFile = (folder: string) => readKey(join(folder, FILE_NAME), FILE_NAME)

/** The key that is on its way to take its place; null when none is. */
export const readNextKeyFile = (folder: string) => readKey(join(folder, NEXT_NAME), NEXT_NAME)

/** Makes the folder's key; of two makers both get the first one's. */
export const makeKeyFile = (folder: string) => makeKey(folder, FILE_NAME)

/** Makes the key that is to take its place, beside it. */
export const makeNextKeyFile = (folder: string) => makeKey(folder, NEXT_NAME)

/**
 * Lets the next key take its place, once the database belongs to it. The former one stays under the name that this
 * returns: it opens the backups of its time. A crash in the middle leaves both keys; call it again then.
 */
export async function settleKeyFiles(folder: string): Promise<string> {
  const former = await readKeyFile(folder)
  const next = await readNextKeyFile(folder)
  if (!former || !next) throw new VaultError('there is no other key to take the place of this one')
  const kept = `${FILE_NAME}.${showFingerprint(fingerprintOf(former))}`
  await link(join(folder, FILE_NAME), join(folder, kept)).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
  })
  await syncFolder(folder)
  await rename(join(folder, NEXT_NAME), join(folder, FILE_NAME))
  await syncFolder(folder)
  return kept
}

/** Enough of it for people to tell keys apart. */
export function showFingerprint(fingerprint: Buffer): string {
  return fingerprint.toString('hex', 0, FINGERPRINT_SHOWN_BYTES)
}

async function readKey(path: string, name: string): Promise<Buffer | null> {
  try {
    return parseKey(await readFile(path, 'utf8'), name)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Written aside and linked into place: a crash leaves no half key, and of two starters both use the first one's. */
async function makeKey(folder: string, name: string): Promise<{ key: Buffer; isNew: boolean }> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, name)
  const key = randomBytes(KEY_BYTES)
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  await writeDurably(aside, `${key.toString('base64')}\n`)
  try {
    await link(aside, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    const kept = await readKey(path, name)
    if (kept) return { key: kept, isNew: false }
    throw error
  } finally {
    await unlink(aside)
  }
  await syncFolder(folder)
  return { key, isNew: true }
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
