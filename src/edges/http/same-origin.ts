import type { AppContext } from './app-env.ts'
import { Problem } from './problem.ts'
import { hasBearer } from './recognise-caller.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const WEB = /^https?:$/
const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** What a browser says of a request that our own page or the person at the keyboard made (Fetch Metadata). */
const OWN_SITES = new Set(['same-origin', 'none'])

/**
 * Refuses a write that another site may have caused: the browser says so, a foreign `Origin`, or none at all with our
 * cookie on board. A neighbour under the same domain is another site too. A bearer token is proof enough, since no
 * browser adds it by itself.
 * @throws Problem 403 `cross_site`
 */
export function refuseCrossSite(c: AppContext): void {
  if (SAFE_METHODS.has(c.req.method) || hasBearer(c)) return
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && !OWN_SITES.has(site)) throw new Problem(403, 'cross_site')
  const origin = c.req.header('origin')
  if (origin === undefined && c.var.frame.cookie.read(c) === undefined) return
  if (origin !== undefined && isSameOrigin(origin, c.var.frame.publicUrl, c.req.header('host'))) return
  throw new Problem(403, 'cross_site')
}

/** Ours is the public address, or on loopback whatever host was asked; a foreign name that resolves to us is not. */
export function isSameOrigin(origin: string, publicUrl: URL, host: string | undefined): boolean {
  if (origin === publicUrl.origin) return true
  const url = URL.parse(origin)
  if (!url || url.origin !== origin || !WEB.test(url.protocol) || !host) return false
  return LOOPBACK_NAME.test(url.hostname) && url.host === URL.parse(`${url.protocol}//${host}`)?.host
}
