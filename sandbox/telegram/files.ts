import { randomBytes } from 'node:crypto'

const FILES_KEPT_MAX = 300

/** A file of this world: its bytes, or the address it was sent by. */
export type StoredFile = {
  fileId: string
  uniqueId: string
  path: string
  mimeType: string
  bytes?: Uint8Array
  url?: string
}

export function createFiles() {
  const files = new Map<string, StoredFile>()

  function put(content: { bytes: Uint8Array } | { url: string }, mimeType: string, folder: string): StoredFile {
    const uniqueId = randomBytes(8).toString('base64url')
    const file: StoredFile = {
      fileId: `AgAC${randomBytes(24).toString('base64url')}`,
      uniqueId,
      path: `${folder}/${uniqueId}.${EXTENSIONS[mimeType] ?? 'bin'}`,
      mimeType,
      ...content,
    }
    files.set(file.fileId, file)
    if (files.size > FILES_KEPT_MAX) files.delete(files.keys().next().value ?? '')
    return file
  }

  return {
    put,
    get: (fileId: string) => files.get(fileId) ?? null,
    byPath: (path: string) => [...files.values()].find((file) => file.path === path) ?? null,
  }
}

const EXTENSIONS: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'audio/ogg': 'oga',
}
