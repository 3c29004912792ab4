import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))
const STAMP = '.stamp'

export interface Build {
  name: string
  /** Where the result stands; from the root of the repository, as all paths here. */
  into: string
  /** Folders and files of which it is made. */
  sources: string[]
  isLeftOut(path: string): boolean
  /** Writes the result into the folder it is given. Throws on a broken source; the old result then stays. */
  make(folder: string): Promise<void>
}

/**
 * Builds when a source changed since the last time. Safe to run twice at once: each build has its own folder and is
 * moved into place when complete.
 */
export async function buildWhenChanged(build: Build, { force = false } = {}): Promise<'built' | 'unchanged'> {
  const into = join(REPOSITORY, build.into)
  const stamp = await hashSources(build)
  if (!force && (await readFile(join(into, STAMP), 'utf8').catch(() => '')) === stamp) return 'unchanged'
  const fresh = join(REPOSITORY, 'node_modules', `.vitte-${build.name}-${process.pid}`)
  await build.make(fresh)
  await writeFile(join(fresh, STAMP), stamp)
  await moveIntoPlace(fresh, into)
  return 'built'
}

async function hashSources({ sources, isLeftOut }: Build): Promise<string> {
  const hash = createHash('sha256')
  const found = (await Promise.all(sources.map((source) => listFiles(join(REPOSITORY, source))))).flat()
  const paths = found.map((path) => relative(REPOSITORY, path)).filter((path) => !isLeftOut(path))
  for (const path of paths.sort()) {
    hash.update(path).update('\0')
    hash.update(await readFile(join(REPOSITORY, path))).update('\0')
  }
  return hash.digest('hex')
}

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null)
  if (!entries) return [path]
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function moveIntoPlace(fresh: string, into: string): Promise<void> {
  await mkdir(dirname(into), { recursive: true })
  const old = `${fresh}-old`
  await rename(into, old).catch(() => undefined)
  try {
    await rename(fresh, into)
  } catch {
    // Another build won the race; its result has the same sources.
    await rm(fresh, { recursive: true, force: true })
  }
  await rm(old, { recursive: true, force: true })
}
