import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { escapeHtml } from './problem-page.ts'

const FILES_MAX = 2_000
const SITE_MAX_BYTES = 64 * 1024 * 1024
const COMPRESS_FROM_BYTES = 1_024
/** Most of the gain of 11 at a tenth of its time; each file is compressed once per process. */
const BROTLI_QUALITY = 9

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}
const COMPRESSED_ALREADY = new Set(['.png', '.jpg', '.webp', '.woff2', '.ico'])

export interface Asset {
  contentType: string
  etag: string
  bytes: Buffer
  /** Built files carry a hash of their content in their name and may be kept for ever. */
  immutable: boolean
  /** The bytes in this coding; null where it does not pay. */
  compressed(coding: 'br' | 'gzip'): Promise<Buffer | null>
}

/** The files of the page and of the personas, in memory: nothing is looked up on disk by a name from outside. */
export interface Site {
  /** The one page of the application. */
  index: Asset | null
  /** By path: `/assets/index-B3xk.js`, `/portraits/arina.svg`. */
  assets: ReadonlyMap<string, Asset>
}

export interface SiteFolders {
  /** What the page was built into. */
  dist: string
  /** Holds `portraits/` and `stories/`. */
  personas: string
  /** The only other origin whose frame messages the Mini App believes (the sandbox); told to the page. */
  telegramOrigin?: string | undefined
}

/** Reads everything once. A folder that is not there is empty: the API works without a page. */
export async function loadSite({ dist, personas, telegramOrigin }: SiteFolders): Promise<Site> {
  const assets = new Map<string, Asset>()
  await addFolder(assets, dist, '/')
  await addFolder(assets, join(personas, 'portraits'), '/portraits/')
  await addFolder(assets, join(personas, 'stories'), '/stories/')
  const page = assets.get('/index.html')
  assets.delete('/index.html')
  return { index: page ? withTelegramOrigin(page, telegramOrigin) : null, assets }
}

async function addFolder(assets: Map<string, Asset>, folder: string, prefix: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let total = 0
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name)
    const path = relative(folder, file).split(sep).join('/')
    // Hidden files (a build's stamp) and kinds without a known type are no business of a browser.
    if (!entry.isFile() || /(^|\/)\./.test(path) || !Object.hasOwn(TYPES, extname(path))) continue
    const bytes = await readFile(file)
    total += bytes.length
    if (assets.size >= FILES_MAX || total > SITE_MAX_BYTES) throw new Error('the built page is larger than expected')
    assets.set(prefix + path, makeAsset(bytes, extname(path), prefix === '/' && path.startsWith('assets/')))
  }
}

function makeAsset(bytes: Buffer, extension: string, immutable: boolean): Asset {
  const compressible = bytes.length >= COMPRESS_FROM_BYTES && !COMPRESSED_ALREADY.has(extension)
  const known: { br?: Promise<Buffer>; gzip?: Promise<Buffer> } = {}
  return {
    contentType: TYPES[extension] ?? 'application/octet-stream',
    etag: `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    bytes,
    immutable,
    async compressed(coding) {
      if (!compressible) return null
      known[coding] ??= compress[coding](bytes)
      return known[coding]
    },
  }
}

const compress = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
}

function withTelegramOrigin(page: Asset, origin: string | undefined): Asset {
  if (!origin) return page
  const meta = `<head><meta name="vitte-telegram-origin" content="${escapeHtml(origin)}">`
  return makeAsset(Buffer.from(page.bytes.toString('utf8').replace('<head>', () => meta)), '.html', false)
}
