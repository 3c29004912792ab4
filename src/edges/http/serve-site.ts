import type { App, AppContext } from './app-env.ts'
import type { Asset, Site } from './site.ts'

/** First segments of the paths that the page itself understands; everything else is not found. */
const PAGE_SEGMENTS = new Set([
  '',
  'app',
  'sign-in',
  'characters',
  'chat',
  'credits',
  'memory',
  'reminders',
  'settings',
  'terms',
  'privacy',
  'link',
  'admin',
])
const IMMUTABLE = 'public, max-age=31536000, immutable'
const REVALIDATED = 'no-cache'
/** Drawings are documents too: opened by themselves they may do nothing. */
const DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** Pages and their files, on every path that no route has taken. */
export function serveSite(app: App, site: Site): void {
  app.get('*', async (c) => {
    const asset = site.assets.get(c.req.path)
    if (asset) return answerAsset(c, asset)
    if (!site.index || !isPagePath(c.req.path)) return c.notFound()
    return answerAsset(c, site.index)
  })
}

function isPagePath(path: string): boolean {
  return PAGE_SEGMENTS.has(path.split('/')[1] ?? '') && !path.includes('.') && !path.startsWith('//')
}

async function answerAsset(c: AppContext, asset: Asset): Promise<Response> {
  c.set('route', 'page')
  c.header('ETag', asset.etag)
  c.header('Vary', 'Accept-Encoding')
  c.header('Cache-Control', asset.immutable ? IMMUTABLE : REVALIDATED)
  if (asset.contentType === 'image/svg+xml') c.header('Content-Security-Policy', DRAWING_POLICY)
  if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304)
  c.header('Content-Type', asset.contentType)
  const coding = acceptedCoding(c.req.header('accept-encoding') ?? '')
  const compressed = coding && (await asset.compressed(coding))
  if (!coding || !compressed) return c.body(toBody(asset.bytes), 200)
  c.header('Content-Encoding', coding)
  return c.body(toBody(compressed), 200)
}

function acceptedCoding(header: string): 'br' | 'gzip' | null {
  const accepted = header.split(',').map((entry) => entry.trim().toLowerCase())
  const takes = (coding: string) =>
    accepted.some(
      (entry) => entry === coding || (/^[a-z]+;q=(?!0(\.0*)?$)/.test(entry) && entry.startsWith(`${coding};`)),
    )
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
}

/** A Buffer may share its memory with others, which a response body must not. */
function toBody(bytes: Buffer): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Buffer<ArrayBuffer>) : new Uint8Array(bytes)
}
