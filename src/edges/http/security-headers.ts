import type { MiddlewareHandler } from 'hono'
import type { AppContext, AppEnv } from './app-env.ts'

const HSTS_SECONDS = 31_536_000
/** Telegram's web clients, which show the Mini App in a frame. */
const TELEGRAM_FRAMES = ['https://web.telegram.org', 'https://*.telegram.org']
const PRIVATE_PATHS = /^\/(api|auth|telegram)(\/|$)/
const MINI_APP_PATHS = /^\/app(\/|$)/

/** No inline code or style anywhere, and nothing from other hosts. */
const CONTENT_SOURCES = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
]

export type HeadersFor = (path: string) => Record<string, string>

/** `miniAppFrames`: further origins that may show the Mini App in a frame, e.g. the sandbox. */
export function createSecurityHeaders(options: { https: boolean; miniAppFrames: readonly string[] }): HeadersFor {
  const policy = (ancestors: string) => [...CONTENT_SOURCES, `frame-ancestors ${ancestors}`].join('; ')
  const miniAppPolicy = policy([...TELEGRAM_FRAMES, ...options.miniAppFrames].join(' '))
  const closedPolicy = policy("'none'")
  const always = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    ...(options.https && { 'Strict-Transport-Security': `max-age=${HSTS_SECONDS}` }),
  }
  return (path) => ({
    ...always,
    ...(MINI_APP_PATHS.test(path)
      ? { 'Content-Security-Policy': miniAppPolicy }
      : { 'Content-Security-Policy': closedPolicy, 'X-Frame-Options': 'DENY' }),
    ...(PRIVATE_PATHS.test(path) && { 'Cache-Control': 'no-store' }),
  })
}

/** Sets them on every answer but those that the handler set itself. */
export function setSecurityHeaders(headersFor: HeadersFor): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headersFor(c.req.path))) {
      if (!c.res.headers.has(name)) c.header(name, value)
    }
  }
}

/** For an answer written to the socket itself (the event stream), which middleware cannot reach. */
export function headersForRawAnswer(c: AppContext): Record<string, string> {
  return c.var.frame.headersFor(c.req.path)
}
