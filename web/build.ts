import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))
const dist = join(repository, 'web', 'dist')
const stampFile = join(dist, '.stamp')
const SOURCES = ['web', 'src/contract', 'locales', 'package-lock.json']

/**
 * Builds the page into `web/dist`, only when its sources changed since the last build.
 * Safe to run twice at once: each build has its own folder and is moved into place when complete.
 * Throws what Vite throws on a broken source; the old build then stays.
 */
export async function buildWeb(options: { force?: boolean } = {}): Promise<'built' | 'unchanged'> {
  const stamp = await hashSources()
  if (!options.force && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return 'unchanged'

  const { build } = await import('vite')
  const { default: config } = await import('./vite.config.ts')
  const fresh = join(repository, 'node_modules', `.vitte-web-${process.pid}`)
  await build({ ...config, configFile: false, logLevel: 'warn', build: { ...config.build, outDir: fresh } })
  await writeFile(join(fresh, '.stamp'), stamp)
  await moveIntoPlace(fresh)
  return 'built'
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of (await Promise.all(SOURCES.map((source) => listFiles(join(repository, source))))).flat().sort()) {
    hash.update(relative(repository, file)).update('\0')
    hash.update(await readFile(file)).update('\0')
  }
  return hash.digest('hex')
}

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null)
  if (!entries) return [path]
  return entries
    .filter((entry) => entry.isFile() && !isLeftOut(join(entry.parentPath, entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
}

function isLeftOut(path: string): boolean {
  if (path.startsWith(dist) || path.endsWith('.test.ts') || path.endsWith('.md')) return true
  return path.includes(`${join(repository, 'locales')}`) && !/\/web(-[a-z]+)?\.ftl$/.test(path)
}

async function moveIntoPlace(fresh: string): Promise<void> {
  await mkdir(join(repository, 'web'), { recursive: true })
  const old = `${fresh}-old`
  await rename(dist, old).catch(() => undefined)
  try {
    await rename(fresh, dist)
  } catch {
    // Another build won the race; its result has the same sources.
    await rm(fresh, { recursive: true, force: true })
  }
  await rm(old, { recursive: true, force: true })
}

if (import.meta.main) await buildWeb({ force: process.argv.includes('--force') })
