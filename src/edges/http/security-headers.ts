import type { MiddlewareHandler } from 'hono'
import type { AppContext, AppEnv } from './app-env.ts'

const HSTS_SECONDS = 31_536_000
/** Telegram's web clients, which show the Mini App in a frame. */
const TELEGRAM_FRAMES = ['https://web.telegram.org', 'https://*.telegram.org']
const PRIVATE_PATHS = /^\/(api|auth|telegram)(\/|$)/
const MINI_APP_PATHS = /^\/app(\/|$)/

/**
 * No inline code or style anywhere, and nothing from other hosts; what is not named may not be loaded at all. Trusted
 * Types were tried: the Markdown parser reads named entities by way of `innerHTML` of an element that is never shown.
 */
const CONTENT_SOURCES = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
]
/** An answer of the API is no document: opened by itself it may do nothing. */
const API_PATHS = /^\/(api|telegram)(\/|$)|^\/(healthz|readyz|metrics)$/
const API_POLICY = "default-src 'none'; frame-ancestors 'none'"

export type HeadersFor = (path: string) => Record<string, string>

/** `miniAppFrames`: further origins that may show the Mini App in a frame, e.g. the sandbox. */
export function createSecurityHeaders(options: { https: boolean; miniAppFrames: readonly string[] }): HeadersFor {
  const policy = (ancestors: string) => [...CONTENT_SOURCES, `frame-ancestors ${ancestors}`].join('; ')
  const miniAppPolicy = policy([...TELEGRAM_FRAMES, ...options.miniAppFrames].join(' '))
  const closedPolicy = policy("'none'")
  const policyOf = (path: string) => (API_PATHS.test(path) ? API_POLICY : closedPolicy)
  const always = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), display-capture=()',
    ...(options.https && { 'Strict-Transport-Security': `max-age=${HSTS_SECONDS}` }),
  }
  return (path) => ({
    ...always,
    ...(MINI_APP_PATHS.test(path)
      ? { 'Content-Security-Policy': miniAppPolicy }
      : { 'Content-Security-Policy': policyOf(path), 'X-Frame-Options': 'DENY' }),
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
