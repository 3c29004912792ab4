import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from 'redis'

/** Where these bytes lie: which of them in which file, below a folder. Files that go away meanwhile are gone. */
export async function scanFolder(folder: string, canaries: Record<string, Buffer>): Promise<string[]> {
  const found: string[] = []
  for (const name of (await readdir(folder, { recursive: true })).toSorted()) {
    const path = join(folder, name)
    const bytes = (await stat(path).catch(() => null))?.isFile() ? await readFile(path).catch(() => null) : null
    if (bytes) found.push(...hits(bytes, canaries).map((canary) => `${canary} in ${name}`))
  }
  return found
}

/** The same in everything that a Redis holds, names and values. */
export async function scanRedis(url: string, canaries: Record<string, Buffer>): Promise<string[]> {
  const found: string[] = []
  const redis = await createClient({ url }).connect()
  for await (const keys of redis.scanIterator({ COUNT: 1_000 })) {
    for (const key of keys) {
      const kind = await redis.type(key)
      const value = kind === 'string' ? await redis.get(key) : kind === 'zset' ? await redis.zRange(key, 0, -1) : kind
      found.push(...hits(Buffer.from(`${key} ${value}`), canaries).map((canary) => `${canary} in ${key}`))
    }
  }
  redis.destroy()
  return found
}

/** Which of these are in the bytes. */
export function hits(bytes: Buffer, canaries: Record<string, Buffer>): string[] {
  return Object.entries(canaries).flatMap(([name, canary]) => (bytes.includes(canary) ? name : []))
}
