import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { Problem } from './problem.ts'

/** Of these a proxy in front may have read another one than we do, and then believe something else about the request. */
const ONCE = new Set([
  'host',
  'origin',
  'authorization',
  'content-type',
  'content-encoding',
  'x-telegram-bot-api-secret-token',
])

/**
 * Refuses what only means something to who is in between: a header twice that says whose or what a request is, and
 * a target with another host than the one that was asked (RFC 9112, sections 3.2 and 11.2).
 */
export const refuseOddRequest: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { rawHeaders = [], url = '/', headers } = c.env?.incoming ?? {}
  const seen = new Set<string>()
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase()
    if (!ONCE.has(name)) continue
    if (seen.has(name)) throw new Problem(400, 'malformed')
    seen.add(name)
  }
  if (!url.startsWith('/') && URL.parse(url)?.host !== headers?.host) throw new Problem(400, 'malformed')
  await next()
}
