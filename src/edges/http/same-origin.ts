import type { AppContext } from './app-env.ts'
import { Problem } from './problem.ts'
import { hasBearer } from './recognise-caller.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Refuses a write that another site may have caused: a foreign `Origin`, or none at all with our cookie on board. A
 * bearer token is proof enough, since no browser adds it by itself.
 * @throws Problem 403 `cross_site`
 */
export function refuseCrossSite(c: AppContext): void {
  if (SAFE_METHODS.has(c.req.method) || hasBearer(c)) return
  const origin = c.req.header('origin')
  if (origin === undefined && c.var.frame.cookie.read(c) === undefined) return
  if (origin !== undefined && isSameOrigin(origin, c.var.frame.publicUrl, c.req.header('host'))) return
  throw new Problem(403, 'cross_site')
}

/** Ours is the public address, or on loopback whatever host was asked; a foreign name that resolves to us is not. */
export function isSameOrigin(origin: string, publicUrl: URL, host: string | undefined): boolean {
  if (origin === publicUrl.origin) return true
  const url = URL.parse(origin)
  if (!url || url.origin !== origin || !host) return false
  return LOOPBACK_NAME.test(url.hostname) && url.host === URL.parse(`${url.protocol}//${host}`)?.host
}
